import type { BucketState } from '../line-state.ts'

const RANK: Readonly<Record<BucketState['source'], number>> = {
  gift: 0,
  bought: 1,
  option: 2,
  'carried-over': 3,
  tariff: 4,
}
const expiry = ({ expiresAt }: BucketState) => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY

/** What a line has left, in the order in which it is spent: what ends soonest, then by source, then the older one. */
export function inSpendingOrder(buckets: readonly BucketState[]): BucketState[] {
  return buckets
    .filter(({ ended }) => !ended)
    .sort(
      (a, b) => compare(expiry(a), expiry(b)) || RANK[a.source] - RANK[b.source] || (a.id < b.id ? -1 : 1),
    )
}

/** Without subtracting: two that never end are equal. */
const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)
