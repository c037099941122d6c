import { startOfMonth } from '../calendar.ts'
import { endBucket } from '../draft/buckets.ts'
import { type Draft, tell } from '../draft/draft.ts'
import { beginMonth } from '../draft/limits.ts'
import { type Legs, post } from '../draft/move.ts'
import { rememberPackage } from '../draft/past.ts'
import type { BucketState, ConnectedState, DiscountState, LineState } from '../line-state.ts'
import { chargeDue, endConnected } from './connected.ts'
import { turnPeriod } from './period.ts'
import { collectPromised } from './promised.ts'
import { tryAgain } from './try-again.ts'
import { warningDueAt, warnOfFee } from './warn-of-fee.ts'

/**
 * What comes first when several things fall due at one instant. A month turns before anything that counts against its limit, for the
 * first thing counted in it begins to count it, and who rests for the month before would be waited for until the next one.
 */
const RANK = {
  promised: 0,
  discountEnds: 1,
  period: 2,
  bucketExpires: 3,
  optionEnds: 4,
  month: 5,
  option: 6,
  content: 7,
  retry: 8,
  feeWarning: 9,
} as const
type Rank = (typeof RANK)[keyof typeof RANK]

interface Due {
  readonly at: Date
  readonly rank: Rank
  readonly happen: (draft: Draft) => void
}

/** What happens next to a line by itself, and when; null = nothing ever. */
export function nextDue(line: LineState): Due | null {
  if (line.endedAt !== null) return null
  let next = ofWarning(line, ofLine(line))
  for (const discount of line.discounts) {
    const at = discount.endsAt
    if (!comesBefore(at, RANK.discountEnds, next)) continue
    next = { at, rank: RANK.discountEnds, happen: (draft) => endDiscount(draft, discount, at) }
  }
  for (const bucket of line.buckets) {
    const at = bucket.expiresAt
    if (bucket.ended || !comesBefore(at, RANK.bucketExpires, next)) continue
    next = { at, rank: RANK.bucketExpires, happen: (draft) => expireBucket(draft, bucket, at) }
  }
  for (const connected of line.connected) next = ofConnected(line, connected, next)
  return next
}

/** Of the line itself: what is owed, the period, what waits for money. */
function ofLine({ promised, period, retryAt }: LineState): Due | null {
  let next: Due | null = null
  if (retryAt !== null) next = { at: retryAt, rank: RANK.retry, happen: (draft) => tryAgain(draft, retryAt) }
  if (period.paid && comesBefore(period.to, RANK.period, next)) {
    next = { at: period.to, rank: RANK.period, happen: (draft) => turnPeriod(draft, period.to) }
  }
  if (promised && !promised.overdue && comesBefore(promised.dueAt, RANK.promised, next)) {
    const at = promised.dueAt
    next = { at, rank: RANK.promised, happen: (draft) => collectPromised(draft, promised, at) }
  }
  return next
}

function ofWarning(line: LineState, next: Due | null): Due | null {
  const at = warningDueAt(line)
  if (!comesBefore(at, RANK.feeWarning, next)) return next
  return { at, rank: RANK.feeWarning, happen: (draft) => warnOfFee(draft, at) }
}

/** The end or the next charge of an option or a subscription, or a new month if it rests for the limit; else `next`. */
function ofConnected(line: LineState, connected: ConnectedState, next: Due | null): Due | null {
  const { endsAt, nextChargeAt, pausedFor } = connected
  const rank = RANK[connected.offering.terms.kind]
  let first = next
  if (comesBefore(endsAt, RANK.optionEnds, first)) {
    first = { at: endsAt, rank: RANK.optionEnds, happen: (draft) => endByItself(draft, connected, endsAt) }
  }
  if (comesBefore(nextChargeAt, rank, first)) {
    first = { at: nextChargeAt, rank, happen: (draft) => chargeDue(draft, connected, nextChargeAt) }
  }
  const month = pausedFor === 'limit' ? startOfMonth(line.timeZone, line.spent.month, 1) : null
  if (comesBefore(month, RANK.month, first)) {
    first = { at: month, rank: RANK.month, happen: (draft) => turnMonth(draft, month) }
  }
  return first
}

function comesBefore(at: Date | null, rank: Rank, next: Due | null): at is Date {
  if (at === null) return false
  if (next === null) return true
  const [mine, other] = [at.getTime(), next.at.getTime()]
  return mine < other || (mine === other && rank < next.rank)
}

function endDiscount({ line, changes }: Draft, discount: DiscountState, at: Date): void {
  discount.endedAt = at
  line.discounts = line.discounts.filter((other) => other !== discount)
  changes.discounts.add(discount)
}

function expireBucket(draft: Draft, bucket: BucketState, at: Date): void {
  const legs: Legs = new Map()
  rememberPackage(draft, bucket, at)
  endBucket(draft, legs, bucket)
  const key = `${bucket.id}:${at.getTime()}`
  post(draft, { scope: `expiry:${draft.line.id}`, key, kind: 'expiry' }, at, legs)
}

function endByItself(draft: Draft, connected: ConnectedState, at: Date): void {
  for (const code of endConnected(draft, connected, at)) tell(draft, at, 'option-ended', { code })
}

/** A new month: the limit leaves room again. */
function turnMonth(draft: Draft, at: Date): void {
  beginMonth(draft.line, at)
  tryAgain(draft, at)
}
