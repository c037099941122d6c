import type { TrafficType } from '../../../../contracts/amounts.ts'
import { systemAccount } from '../../ledger/index.ts'
import type { Draft } from '../draft/draft.ts'
import { addLeg, unitOf } from '../draft/move.ts'
import { countriesOfPack } from '../draft/past.ts'
import type { BucketState, LineState, PastPackage, UsageState } from '../line-state.ts'
import { inSpendingOrder } from '../reading/spending-order.ts'

/**
 * Takes what a record used out of the packages that pay for it, in the order of spending: of what comes late first those that are over by
 * now and paid for its time. Gives what is beyond them.
 */
export function spendPackages(draft: Draft, record: UsageState): number {
  const { line } = draft
  const beyond = spendPast(draft, record, record.amount)
  const isLate = record.at < line.period.from
  const serving = line.buckets.filter(
    (bucket) =>
      bucket.type === record.type && serves(line, bucket, record) && !(isLate && bucket.filledAt > record.at),
  )
  return spend(draft, record, beyond, serving.length > 1 ? inSpendingOrder(serving) : serving)
}

/** Takes an amount out of packages, one after the other. Gives what they did not hold. */
function spend(
  { unsettled: { legs } }: Draft,
  record: UsageState,
  amount: number,
  buckets: readonly BucketState[],
): number {
  let beyond = amount
  for (const bucket of buckets) {
    const given = bucket.total === null ? beyond : Math.min(beyond, bucket.left)
    if (given === 0) continue
    record.packaged += given
    beyond -= given
    if (bucket.total === null) continue
    bucket.left -= given
    addLeg(legs, bucket.id, -given)
    addLeg(legs, usedOf(bucket.type), given)
  }
  return beyond
}

const usedOf = (type: TrafficType) => systemAccount('used', unitOf(type))

/** What was left of packages that are over pays for what happened in their time. Gives what is beyond it. */
function spendPast(draft: Draft, record: UsageState, amount: number): number {
  const { line, unsettled } = draft
  let beyond = amount
  for (const over of paidThen(line, record)) {
    const given = takeFrom(draft, record, over, beyond)
    if (given === 0) continue
    beyond -= given
    // It waits with the usage: until that is settled, what is remembered is stored as it was.
    unsettled.past ??= line.past
    line.past = {
      ...line.past,
      packages: line.past.packages.map((one) => (one === over ? less(one, given) : one)),
    }
  }
  return beyond
}

const less = (over: PastPackage, given: number): PastPackage =>
  over.left === null ? over : { ...over, left: over.left - given }

/** Packages that are over and paid for a record when it happened, as they were spent: what ended soonest first. */
function paidThen({ past: { packages } }: LineState, { type, roaming, at }: UsageState): PastPackage[] {
  if (packages.length === 0) return []
  return packages
    .filter((over) => {
      if (over.type !== type || over.left === 0 || over.from > at || over.to < at) return false
      return roaming === null ? over.countries === null : (over.countries?.includes(roaming) ?? false)
    })
    .sort((a, b) => a.to.getTime() - b.to.getTime())
}

/** What was lost returned to the network and is used out of there; what moved on is taken where it is now, with what is spent after it. */
function takeFrom(draft: Draft, record: UsageState, over: PastPackage, amount: number): number {
  const { line, unsettled } = draft
  const most = over.left === null ? amount : Math.min(amount, over.left)
  if (over.carried) {
    const now = line.buckets.filter(
      ({ type, source, ended }) =>
        type === record.type && !ended && (source === 'carried-over' || source === 'tariff'),
    )
    return most - spend(draft, record, most, inSpendingOrder(now))
  }
  record.packaged += most
  if (over.left !== null) {
    addLeg(unsettled.legs, systemAccount('network', unitOf(record.type)), -most)
    addLeg(unsettled.legs, usedOf(record.type), most)
  }
  return most
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
  const connected = line.connected.find(({ id }) => id === connectedId)
  return connected ? countriesOfPack(connected) : null
}
