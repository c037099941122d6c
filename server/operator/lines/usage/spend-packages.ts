import { systemAccount } from '../../ledger/index.ts'
import type { Draft } from '../draft/draft.ts'
import { addLeg, unitOf } from '../draft/move.ts'
import type { BucketState, LineState, UsageState } from '../line-state.ts'
import { inSpendingOrder } from '../reading/spending-order.ts'

/** Takes what a record used out of the packages that pay for it, in the order of spending. Gives what is beyond them. */
export function spendPackages({ line, unsettled: { legs } }: Draft, record: UsageState): number {
  let beyond = record.amount
  const serving = line.buckets.filter((bucket) => bucket.type === record.type && serves(line, bucket, record))
  for (const bucket of serving.length > 1 ? inSpendingOrder(serving) : serving) {
    const given = bucket.total === null ? beyond : Math.min(beyond, bucket.left)
    if (given === 0) continue
    record.packaged += given
    beyond -= given
    if (bucket.total === null) continue
    bucket.left -= given
    addLeg(legs, bucket.id, -given)
    addLeg(legs, systemAccount('used', unitOf(bucket.type)), given)
  }
  return beyond
}

/** Packages of a roaming pack pay in its countries alone, all others at home alone. */
function serves(line: LineState, bucket: BucketState, { roaming }: UsageState): boolean {
  if (bucket.ended) return false
  const countries = countriesOf(line, bucket)
  return roaming === null ? countries === null : (countries?.includes(roaming) ?? false)
}

/** Where a package pays; null = at home. */
export function countriesOf(line: LineState, { connectedId }: BucketState): readonly string[] | null {
  if (connectedId === null) return null
  const terms = line.connected.find(({ id }) => id === connectedId)?.offering.terms
  return terms?.kind === 'option' && terms.category === 'roaming' ? terms.countries : null
}
