import { setTimeout as pause } from 'node:timers/promises'

/** Keeps to a rate: a token bucket, first come first served. */
export interface Pace {
  /** Resolves when the next one may go. Rejects when `signal` is aborted meanwhile. */
  take(signal?: AbortSignal): Promise<void>
}

/** @param perSecond how many may go in a second; as many may go at once after a rest */
export function createPace(perSecond: number, now: () => number = () => performance.now()): Pace {
  let left = perSecond
  let filledAt = now()
  return {
    take: async (signal) => {
      const at = now()
      left = Math.min(perSecond, left + ((at - filledAt) / 1000) * perSecond)
      filledAt = at
      // Below zero stands who has a place in the queue already.
      left -= 1
      if (left < 0) await pause((-left / perSecond) * 1000, undefined, signal && { signal })
    },
  }
}
