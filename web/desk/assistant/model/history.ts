/** What a text was, is, and was before it was taken back. */
export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
  /** What the newest change was made in: letters of one field are one change. */
  readonly where: string | null
}

const MOST_KEPT = 200

export const historyOf = <T>(now: T): History<T> => ({ past: [], now, future: [], where: null })

/** A change; `where` names the field, so that what is typed there without a stop is taken back at once. */
export function change<T>(history: History<T>, next: T, where: string | null = null): History<T> {
  if (next === history.now) return history
  const isSame = where !== null && where === history.where
  const past = isSame ? history.past : [...history.past, history.now].slice(-MOST_KEPT)
  return { past, now: next, future: [], where }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    where: null,
  }
}

export function redo<T>(history: History<T>): History<T> {
  const [next, ...future] = history.future
  if (next === undefined) return history
  return { past: [...history.past, history.now], now: next, future, where: null }
}
