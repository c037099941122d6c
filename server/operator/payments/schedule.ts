import { retryDelay } from '../../platform/outgoing/index.ts'
import type { PaymentPatience } from './rules.ts'
import type { PaymentRow } from './store.ts'

const SOONEST_MS = 3_000
const SELDOM_MS = 15 * 60_000
const HOURLY_MS = 3_600_000
const RETRY = { baseMs: 2_000, maxMs: 5 * 60_000 }
const RETRY_SOONEST_MS = 500

/** What becomes of a payment now, and when the provider is asked next (null: no more). */
export interface Step {
  readonly state: PaymentRow['state']
  readonly reason: string | null
  readonly nextAt: Date | null
}

const later = (now: Date, ms: number) => new Date(now.getTime() + Math.round(ms))
const age = ({ createdAt }: Pick<PaymentRow, 'createdAt'>, now: Date) => now.getTime() - createdAt.getTime()

/** The provider says that a payment still waits: it is asked the more seldom the older it is, and given up in the end. */
export function stepWaiting(
  row: PaymentRow,
  { waitMs }: PaymentPatience,
  now: Date,
  random: () => number,
): Step {
  const old = age(row, now)
  if (old >= waitMs) return { state: 'expired', reason: 'not-paid', nextAt: null }
  return { state: 'waiting', reason: null, nextAt: later(now, pauseWaiting(row, now, random)) }
}

/** How long until the provider is asked again about what waits, in milliseconds. */
export function pauseWaiting(row: Pick<PaymentRow, 'createdAt'>, now: Date, random: () => number): number {
  const pause = Math.min(SELDOM_MS, Math.max(SOONEST_MS, age(row, now) / 4))
  // A quarter more or less, so that what began together is not asked about together.
  return Math.round(pause * (0.75 + random() / 2))
}

/**
 * The provider did not answer. What no person was sent to pay yet is given up soon: nobody can have paid it. Anything else may have
 * happened: after a silence it is `unknown`, seen by a person, and asked about every hour while a repeat is still the same payment.
 */
export function stepUnanswered(
  row: Pick<PaymentRow, 'state' | 'automatic' | 'providerId' | 'attempts' | 'createdAt' | 'heardAt'>,
  { createMs, silenceMs, keyMs, forgetMs }: PaymentPatience,
  { now, random, retryAfterMs }: { now: Date; random: () => number; retryAfterMs: number | undefined },
): Step {
  const old = age(row, now)
  const isAsked = row.state === 'created' || row.providerId === null
  if (isAsked && !row.automatic && old >= createMs) {
    return { state: 'expired', reason: 'provider-away', nextAt: null }
  }
  const silent = now.getTime() - (row.heardAt ?? row.createdAt).getTime()
  if (row.state !== 'unknown' && silent < silenceMs) {
    const pause = Math.max(
      RETRY_SOONEST_MS,
      retryDelay(row.attempts, { ...RETRY, random }, retryAfterMs ?? 0),
    )
    return { state: row.state, reason: null, nextAt: later(now, pause) }
  }
  const isOver = old >= (isAsked ? keyMs : forgetMs)
  return {
    state: 'unknown',
    reason: 'no-answer',
    nextAt: isOver ? null : later(now, HOURLY_MS * (0.75 + random() / 2)),
  }
}
