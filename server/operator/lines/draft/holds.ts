import type { TrafficType } from '../../../../contracts/amounts.ts'
import { systemAccount } from '../../ledger/index.ts'
import type { BucketState, HoldState } from '../line-state.ts'
import type { Draft, ReleaseReason } from './draft.ts'
import { addLeg, type Legs, post, touchBucket, unitOf } from './move.ts'

/** Volume of a type that is set aside now, in its unit. */
export const heldOf = ({ line }: Pick<Draft, 'line'>, type: TrafficType): number =>
  line.holds.find((hold) => hold.type === type)?.amount ?? 0

/** The hold of a type, with an account of its own; a new one, empty, if the line never had any. */
function holdFor({ line, changes, newId }: Draft, type: TrafficType): HoldState {
  const known = line.holds.find((hold) => hold.type === type)
  if (known) return known
  const hold: HoldState = { type, accountId: newId(), amount: 0 }
  line.holds.push(hold)
  changes.accounts.push({ id: hold.accountId, unit: unitOf(type), floor: 0, ownerId: line.id })
  changes.holds.add(hold)
  changes.touched = true
  return hold
}

/** Takes an amount out of a bucket, which must hold it, to where it cannot be used. */
export function setAside(draft: Draft, legs: Legs, bucket: BucketState, amount: number): void {
  if (bucket.left < amount) throw new Error(`bucket ${bucket.id} does not hold ${amount}`)
  const hold = holdFor(draft, bucket.type)
  addLeg(legs, bucket.id, -amount)
  addLeg(legs, hold.accountId, amount)
  bucket.left -= amount
  hold.amount += amount
  touchBucket(draft, bucket)
}

/** Takes an amount that is set aside, which there must be, for somebody else: they add the other leg. */
export function takeHeld(draft: Draft, legs: Legs, type: TrafficType, amount: number): void {
  const hold = holdFor(draft, type)
  if (hold.amount < amount) throw new Error(`line ${draft.line.id} does not hold ${amount} of ${type}`)
  addLeg(legs, hold.accountId, -amount)
  hold.amount -= amount
  draft.changes.touched = true
}

/** Gives an amount that was set aside, or that another leg brings, back to the package of the period; the network has it if there is none. */
export function giveBack(draft: Draft, legs: Legs, type: TrafficType, amount: number): void {
  const bucket = packageOf(draft, type)
  addLeg(legs, bucket?.id ?? systemAccount('network', unitOf(type)), amount)
  if (!bucket) return
  bucket.left += amount
  touchBucket(draft, bucket)
}

/** The tariff's own package of a type in the period under way, if there is one and it has a limit. */
export const packageOf = ({ line }: Pick<Draft, 'line'>, type: TrafficType): BucketState | undefined =>
  line.buckets.find(
    (bucket) => bucket.type === type && bucket.source === 'tariff' && !bucket.ended && bucket.total !== null,
  )

/**
 * Everything that is set aside goes back to the package that it was of, and with that wherever it goes: before a period turns, a line is blocked
 * or ends or changes hands. Told as `volume-released`, a type each.
 */
export function releaseHolds(draft: Draft, at: Date, why: ReleaseReason): void {
  const { line, changes } = draft
  const legs: Legs = new Map()
  for (const hold of line.holds) {
    const { type, amount } = hold
    if (amount === 0) continue
    takeHeld(draft, legs, type, amount)
    giveBack(draft, legs, type, amount)
    changes.releases.push({ type, why, at })
  }
  if (legs.size === 0) return
  post(draft, { scope: `hold:${line.id}`, key: draft.newId(), kind: 'hold-released' }, at, legs)
}
