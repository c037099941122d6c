import type { Clock } from '../../platform/clock.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'

/** What a system told last, for while it is away. */
export interface LastKnown<T> {
  /** Asks; if nobody answers, what was told last, unless that is too old. */
  ask(key: string, read: () => Promise<T | undefined>): Promise<T | undefined>
}

/** Lines of which it is remembered by one process; the least lately told is forgotten first. */
const MOST = 20_000

export function createLastKnown<T>(clock: Clock, maxAgeMs: number): LastKnown<T> {
  const told = new Map<string, { readonly value: T; readonly at: number }>()
  const keep = (key: string, value: T) => {
    told.delete(key)
    told.set(key, { value, at: clock.now().getTime() })
    const [oldest] = told.keys()
    if (told.size > MOST && oldest !== undefined) told.delete(oldest)
  }
  return {
    async ask(key, read) {
      try {
        const value = await read()
        if (value === undefined) told.delete(key)
        else keep(key, value)
        return value
      } catch (error) {
        const last = told.get(key)
        const fresh = last !== undefined && clock.now().getTime() - last.at <= maxAgeMs
        if (error instanceof Unavailable && fresh) return last.value
        throw error
      }
    },
  }
}
