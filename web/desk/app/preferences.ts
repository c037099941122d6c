import { useSyncExternalStore } from 'react'

/** What this browser remembers: looks only, never anything about a person. */
type Preference = 'language' | 'sendBy' | 'card'

const listeners = new Set<() => void>()
const keyOf = (name: Preference) => `otklik.desk.${name}`

export const readPreference = (name: Preference) => localStorage.getItem(keyOf(name))

export function writePreference(name: Preference, value: string): void {
  localStorage.setItem(keyOf(name), value)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A remembered preference, live in every component that shows it. */
export const usePreference = (name: Preference) => useSyncExternalStore(subscribe, () => readPreference(name))
