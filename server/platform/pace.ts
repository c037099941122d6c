import { setTimeout as pause } from 'node:timers/promises'
import { type Clock, systemClock } from './clock.ts'

/** Whether one may go, or in how many milliseconds to ask again. */
export type Turn = { readonly go: true } | { readonly go: false; readonly afterMs: number }

/** Keeps to a rate: a token bucket, first come first served; rests when the other side asks for it. */
export interface Pace {
  /** Waits for a turn. There is none while the other side rests, or when `signal` is aborted meanwhile. */
  take(signal?: AbortSignal): Promise<Turn>
  /** The other side wants to hear nothing for so many milliseconds, from whomever. A longer rest that goes on stands. */
  rest(ms: number): void
}

/**
 * @param perSecond how many may go in a second; as many may go at once after a pause
 * @param clock tells when a rest is over
 */
export function createPace(perSecond: number, clock: Clock = systemClock): Pace {
  let left = perSecond
  let filledAt = performance.now()
  let restUntil = 0
  const restMs = () => restUntil - clock.now().getTime()
  return {
    take: async (signal) => {
      if (restMs() > 0) return { go: false, afterMs: restMs() }
      const at = performance.now()
      left = Math.min(perSecond, left + ((at - filledAt) / 1000) * perSecond)
      filledAt = at
      // Below zero stands who has a place in the queue already.
      left -= 1
      const waited = left >= 0 || (await rested((-left / perSecond) * 1000, signal))
      // The rest may have begun while it stood in the queue.
      const afterMs = restMs()
      return waited && afterMs <= 0 ? { go: true } : { go: false, afterMs: Math.max(0, afterMs) }
    },
    rest: (ms) => {
      restUntil = Math.max(restUntil, clock.now().getTime() + ms)
    },
  }
}

function rested(ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  return pause(ms, true, signal && { signal }).catch(() => false)
}

/** A pace for each account of a channel, made when it is first asked for. */
export function createPaces(perSecond: number, clock: Clock): (accountId: string) => Pace {
  const paces = new Map<string, Pace>()
  return (accountId) => {
    const pace = paces.get(accountId) ?? createPace(perSecond, clock)
    paces.set(accountId, pace)
    return pace
  }
}
