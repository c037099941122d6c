import { createStore, useStore } from '../data/store.ts'

/** Dialogs of the open conversation; one at a time, never one above another. */
export type DialogName = 'resolve' | 'assign' | 'snooze' | 'topic' | 'join'

const dialog = createStore<DialogName | null>(null)

export const openDialog = (name: DialogName) => dialog.set(name)
export const closeDialog = () => dialog.set(null)

export const useDialog = () => useStore(dialog)
