import type { Entry } from '../../../contracts/entries.ts'

/** Order of a merged timeline: by stored time; within one instant by lane, then seq. Provider time never sorts. */
export function compareEntries(a: Entry, b: Entry): number {
  if (a.storedAt !== b.storedAt) return a.storedAt < b.storedAt ? -1 : 1
  if (a.laneId !== b.laneId) return a.laneId < b.laneId ? -1 : 1
  return a.seq - b.seq
}

/** Name of an entry on the screen: its place in its lane. */
export const entryKey = (entry: Pick<Entry, 'laneId' | 'seq'>) => `${entry.laneId}:${entry.seq}`

/** Merges entries of several pages and lanes: each once (the later copy wins), in reading order. */
export function mergeEntries(...lists: readonly (readonly Entry[])[]): Entry[] {
  const byKey = new Map<string, Entry>()
  for (const list of lists) for (const entry of list) byKey.set(entryKey(entry), entry)
  return [...byKey.values()].sort(compareEntries)
}
