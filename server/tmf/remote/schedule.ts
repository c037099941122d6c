import type { Order } from '../../../contracts/orders.ts'
import { retryDelay } from '../../platform/outgoing/index.ts'
import type { KeptOrder } from './kept-orders.ts'

/** How long what is waited for, in milliseconds. */
const SOONEST_MS = 3_000
const SELDOM_MS = 15 * 60_000
/** After such a silence nobody knows: a person sees it, and it is asked about now and then. */
const SILENCE_MS = 5 * 60_000
const NOW_AND_THEN_MS = 3_600_000
/** After such a silence it is asked about no more. */
const GIVEN_UP_MS = 24 * 3_600_000
/** An order that the other side has never known by now does not come any more: no request is under way so long. */
const LOST_MS = 10 * 60_000
/** Nothing stays open for longer. */
const OLDEST_MS = 30 * 24 * 3_600_000
const RETRY = { baseMs: 2_000, maxMs: SILENCE_MS / 2 }

/** What becomes of an order now, and when the other side is asked next (null: no more). */
export interface Step {
  readonly state: Order['state']
  readonly reason: Order['reason']
  readonly nextAt: Date | null
}

export interface Moment {
  readonly now: Date
  /** 0 ≤ x < 1, for jitter. */
  readonly random: () => number
}

const FINAL: readonly Order['state'][] = ['done', 'refused', 'undone', 'declined']
export const isFinal = (state: Order['state']): boolean => FINAL.includes(state)

const NO_ANSWER = { code: 'no-answer', facts: {} } as const
const later = (now: Date, ms: number) => new Date(now.getTime() + Math.round(ms))
/** A quarter more or less, so that what began together is not asked about together. */
const about = (ms: number, { now, random }: Moment) => later(now, ms * (0.75 + random() / 2))

/** When an order begins to be asked about that is on its way: nobody knows of it before the first answer is given up. */
export const firstAsked = (now: Date): Date => later(now, 15_000)

/** Its answer was lost: it may be done by now. */
export const askedSoon = (now: Date): Date => later(now, SOONEST_MS)

/** The other side told of it: what has not ended is asked about the more seldom the older it is. */
export function stepHeard(order: Order, moment: Moment): Step {
  const { state, reason } = order
  if (isFinal(state)) return { state, reason, nextAt: null }
  const age = moment.now.getTime() - Date.parse(order.placedAt)
  if (age >= OLDEST_MS) return { state: 'unknown', reason: NO_ANSWER, nextAt: null }
  const undo = order.undoableUntil === null ? 0 : Date.parse(order.undoableUntil) - moment.now.getTime()
  const pause = Math.max(Math.min(SELDOM_MS, Math.max(SOONEST_MS, age / 4)), undo)
  return { state, reason, nextAt: about(pause, moment) }
}

/** The other side did not answer. */
export function stepSilent(kept: KeptOrder, moment: Moment, retryAfterMs: number | undefined): Step {
  const { now, random } = moment
  const silent = now.getTime() - (kept.heardAt ?? kept.placedAt).getTime()
  if (kept.state !== 'unknown' && silent < SILENCE_MS) {
    // What the other side asks for is the least: it says so as often as it is asked.
    const pause = Math.max(SOONEST_MS, retryAfterMs ?? 0, retryDelay(kept.attempts, { ...RETRY, random }))
    return { state: kept.state, reason: kept.reason, nextAt: later(now, pause) }
  }
  const nextAt = silent >= GIVEN_UP_MS ? null : about(NOW_AND_THEN_MS, moment)
  return { state: 'unknown', reason: NO_ANSWER, nextAt }
}

/** The other side knows no such order. What it told of once is nothing that a machine should decide. */
export function stepNotThere(kept: KeptOrder, moment: Moment): Step {
  if (kept.heardAt !== null) return stepSilent(kept, moment, undefined)
  const age = moment.now.getTime() - kept.placedAt.getTime()
  if (age >= LOST_MS) return { state: 'refused', reason: { code: 'not-arrived', facts: {} }, nextAt: null }
  return { state: kept.state, reason: kept.reason, nextAt: about(Math.max(SOONEST_MS, age / 4), moment) }
}
