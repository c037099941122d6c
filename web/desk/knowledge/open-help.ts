import { useSyncExternalStore } from 'react'

let open = false
const listeners = new Set<() => void>()

/** Opens the knowledge base beside the conversation, or closes it. */
export function showHelp(shown: boolean): void {
  open = shown
  for (const listener of listeners) listener()
}

export const toggleHelp = () => showHelp(!open)

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether the knowledge base stands beside the conversation. */
export const useHelpShown = () => useSyncExternalStore(subscribe, () => open)
