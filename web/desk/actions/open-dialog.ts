import { useSyncExternalStore } from 'react'

/** Dialogs of the open conversation; one at a time, never one above another. */
export type DialogName = 'resolve' | 'assign' | 'snooze' | 'topic' | 'join'

let current: DialogName | null = null
const listeners = new Set<() => void>()

function set(next: DialogName | null): void {
  current = next
  for (const listener of listeners) listener()
}

export const openDialog = (name: DialogName) => set(name)
export const closeDialog = () => set(null)

export const useDialog = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
