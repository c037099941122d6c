import { useEffect, useReducer, useRef } from 'preact/hooks'
import { ApiProblem } from '../../shared/api/index.ts'

/** What a screen reads: the last value however old, whether a newer one is on its way, and why it could not be had. */
export interface Reading<T> {
  readonly value: T | undefined
  readonly problem: ApiProblem | undefined
  readonly busy: boolean
  /** When the value came (milliseconds since the epoch). */
  readonly readAt: number
  /** Asks again now. */
  again(): void
}

interface Kept {
  value: unknown
  problem: ApiProblem | undefined
  /** Counts the askings: the answer of an older one does not overwrite a newer one's. */
  asked: number
  busy: boolean
  readAt: number
  readonly watchers: Set<() => void>
  read: (() => Promise<unknown>) | undefined
}

const kept = new Map<string, Kept>()

function entryOf(key: string): Kept {
  const known = kept.get(key)
  if (known) return known
  const entry: Kept = {
    value: undefined,
    problem: undefined,
    asked: 0,
    busy: false,
    readAt: 0,
    watchers: new Set(),
    read: undefined,
  }
  kept.set(key, entry)
  return entry
}

const tell = (entry: Kept) => {
  for (const look of entry.watchers) look()
}

async function ask(entry: Kept): Promise<void> {
  if (!entry.read) return
  const turn = ++entry.asked
  entry.busy = true
  tell(entry)
  try {
    const value = await entry.read()
    if (turn !== entry.asked) return
    entry.value = value
    entry.readAt = Date.now()
    entry.problem = undefined
  } catch (error) {
    if (turn !== entry.asked) return
    entry.problem = error instanceof ApiProblem ? error : new ApiProblem('internal')
  }
  entry.busy = false
  tell(entry)
}

/** Reads by a key: screens that read the same share one call, and show the last value at once. */
export function useReading<T>(key: string, read: () => Promise<T>): Reading<T> {
  const [, look] = useReducer((n: number) => n + 1, 0)
  const entry = entryOf(key)
  entry.read = read
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another reading; `look` never changes
  useEffect(() => {
    // What nobody watched yet may have been forgotten since it was drawn: the one that is kept now is watched.
    const watched = entryOf(key)
    watched.read = read
    watched.watchers.add(look as () => void)
    if (!watched.busy) void ask(watched)
    return () => watched.watchers.delete(look as () => void)
  }, [key])
  return {
    value: entry.value as T | undefined,
    problem: entry.problem,
    busy: entry.busy || (entry.value === undefined && entry.problem === undefined),
    readAt: entry.readAt,
    again: () => void ask(entry),
  }
}

/** Shows what was read before, however long what is asked for now takes: more of a list, or another part of it. */
export function useLasting<R extends Reading<unknown>>(reading: R): R {
  const last = useRef(reading.value)
  if (reading.value !== undefined) last.current = reading.value
  return { ...reading, value: last.current }
}

/** Reads before anybody looks, if nobody has. */
export function fetchReading(key: string, read: () => Promise<unknown>): void {
  const entry = entryOf(key)
  if (entry.read) return
  entry.read = read
  void ask(entry)
}

/** The network is there again: what is on a screen and could not be read is asked for again. */
export function retryFailed(): void {
  for (const entry of kept.values()) if (entry.problem && entry.watchers.size > 0) void ask(entry)
}

/** Something changed: what is on a screen and begins with the prefix is read again, what is not is forgotten. */
export function lookAgain(prefix: string): void {
  for (const [key, entry] of kept) {
    if (!key.startsWith(prefix)) continue
    if (entry.watchers.size > 0) void ask(entry)
    else kept.delete(key)
  }
}

/** Puts a value that an answer brought along. */
export function keepReading(key: string, value: unknown): void {
  const entry = entryOf(key)
  entry.asked++
  entry.value = value
  entry.readAt = Date.now()
  entry.problem = undefined
  entry.busy = false
  tell(entry)
}

/** What was read last under a key. */
export const keptReading = <T>(key: string): T | undefined => kept.get(key)?.value as T | undefined

/** Changes what is kept under a key, if anything is; what is on its way for it still comes. */
export function renewReading<T>(key: string, change: (value: T) => T): void {
  const entry = kept.get(key)
  if (entry?.value === undefined) return
  entry.value = change(entry.value as T)
  entry.problem = undefined
  tell(entry)
}

/** Why something more of what is kept under a key could not be had. */
export function failReading(key: string, problem: ApiProblem): void {
  const entry = entryOf(key)
  entry.problem = problem
  tell(entry)
}

/** Nothing of a person stays after they have signed out. */
export function forgetReadings(): void {
  kept.clear()
}
