import { createStore, useStore } from '../data/store.ts'

const shown = createStore(false)

/** Opens the knowledge base beside the conversation, or closes it. */
export const showHelp = (isShown: boolean) => shown.set(isShown)

export const toggleHelp = () => showHelp(!shown.get())

/** Whether the knowledge base stands beside the conversation. */
export const useHelpShown = () => useStore(shown)
