import { startOfMonth } from '../calendar.ts'
import { endBucket } from '../draft/buckets.ts'
import { type Draft, tell } from '../draft/draft.ts'
import { beginMonth } from '../draft/limits.ts'
import { type Legs, post } from '../draft/move.ts'
import type { BucketState, ConnectedState, DiscountState, LineState } from '../line-state.ts'
import { chargeDue, endConnected } from './connected.ts'
import { turnPeriod } from './period.ts'
import { collectPromised } from './promised.ts'
import { tryAgain } from './try-again.ts'

/** What comes first when several things fall due at one instant. */
const RANK = {
  promised: 0,
  discountEnds: 1,
  period: 2,
  bucketExpires: 3,
  optionEnds: 4,
  option: 5,
  content: 6,
  month: 7,
  retry: 8,
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
  let next: Due | null = null
  const consider = (at: Date | null, rank: Rank, happen: (draft: Draft, at: Date) => void) => {
    if (at === null || !comesBefore(at, rank, next)) return
    next = { at, rank, happen: (draft) => happen(draft, at) }
  }
  const { promised, period } = line
  if (promised && !promised.overdue) {
    consider(promised.dueAt, RANK.promised, (draft, at) => collectPromised(draft, promised, at))
  }
  for (const discount of line.discounts) {
    consider(discount.endsAt, RANK.discountEnds, (draft, at) => endDiscount(draft, discount, at))
  }
  if (period.paid) consider(period.to, RANK.period, turnPeriod)
  for (const bucket of line.buckets) {
    if (!bucket.ended) {
      consider(bucket.expiresAt, RANK.bucketExpires, (draft, at) => expireBucket(draft, bucket, at))
    }
  }
  for (const connected of line.connected) {
    const { kind } = connected.offering.terms
    consider(connected.endsAt, RANK.optionEnds, (draft, at) => endByItself(draft, connected, at))
    consider(connected.nextChargeAt, RANK[kind], (draft, at) => chargeDue(draft, connected, at))
    if (connected.pausedFor === 'limit') {
      consider(startOfMonth(line.timeZone, line.spent.month, 1), RANK.month, turnMonth)
    }
  }
  consider(line.retryAt, RANK.retry, tryAgain)
  return next
}

function comesBefore(at: Date, rank: Rank, next: Due | null): boolean {
  if (next === null || at < next.at) return true
  return at.getTime() === next.at.getTime() && rank < next.rank
}

function endDiscount({ line, changes }: Draft, discount: DiscountState, at: Date): void {
  discount.endedAt = at
  line.discounts = line.discounts.filter((other) => other !== discount)
  changes.discounts.add(discount)
}

function expireBucket(draft: Draft, bucket: BucketState, at: Date): void {
  const legs: Legs = new Map()
  endBucket(draft, legs, bucket)
  const key = `${bucket.id}:${at.toISOString()}`
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
