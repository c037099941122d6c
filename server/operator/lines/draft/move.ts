import type { TrafficType } from '../../../../contracts/amounts.ts'
import { type Leg, systemAccount, type Transfer, type Unit } from '../../ledger/index.ts'
import type { BucketState } from '../line-state.ts'
import { type Draft, type NewCharge, nothingUnsettled } from './draft.ts'
import { countSpending } from './limits.ts'

const UNITS: Readonly<Record<TrafficType, Unit>> = { data: 'bytes', voice: 'seconds', sms: 'pieces' }
export const unitOf = (type: TrafficType): Unit => UNITS[type]

/** Legs that grow while something is decided: amounts of one account add up, what comes to nothing is left out. */
export type Legs = Map<string, number>

export function addLeg(legs: Legs, accountId: string, amount: number): void {
  const sum = (legs.get(accountId) ?? 0) + amount
  if (sum === 0) legs.delete(accountId)
  else legs.set(accountId, sum)
}

/** Takes kopecks of the line's cash to a system account; a negative amount brings them from there. */
export function payInto(draft: Draft, legs: Legs, systemName: string, kopecks: number): void {
  const { cash } = draft.line
  addLeg(legs, cash.id, -kopecks)
  addLeg(legs, systemAccount(systemName, 'kopecks'), kopecks)
  cash.balance -= kopecks
}

/** Brings a bucket to an amount: what is missing comes from the network, what is too much returns there. */
export function fillTo(draft: Draft, legs: Legs, bucket: BucketState, amount: number): void {
  const more = amount - bucket.left
  addLeg(legs, bucket.id, more)
  addLeg(legs, systemAccount('network', unitOf(bucket.type)), -more)
  bucket.left = amount
  touchBucket(draft, bucket)
}

export function touchBucket({ changes }: Draft, bucket: BucketState): void {
  changes.touched = true
  changes.buckets.add(bucket)
}

/** The name of a transfer: what it belongs to, once. */
export type Name = Pick<Transfer, 'scope' | 'key' | 'kind'>

/** Notes a transfer of these legs, usage that waited with them; none if nothing moves. */
export function post(
  draft: Draft,
  { scope, key, kind }: Name,
  at: Date,
  legs: Legs,
  memo?: Transfer['memo'],
): Transfer | undefined {
  const { changes, unsettled } = draft
  changes.touched = true
  for (const [accountId, amount] of unsettled.legs) addLeg(legs, accountId, amount)
  draft.unsettled = nothingUnsettled()
  for (const record of unsettled.usage) changes.usage.add(record)
  changes.notices.push(...unsettled.notices)
  if (legs.size === 0) return undefined
  const list: Leg[] = []
  for (const [accountId, amount] of legs) list.push({ accountId, amount })
  const transfer: Transfer = { scope, key, kind, at, lineId: draft.line.id, legs: list, memo }
  changes.transfers.push(transfer)
  // They were counted against the limits when they were found.
  for (const row of unsettled.charges) changes.charges.push({ ...row, transfer })
  return transfer
}

type Row = Omit<NewCharge, 'transfer' | 'coming' | 'code'> & Partial<Pick<NewCharge, 'coming' | 'code'>>

/** Notes a row of the bill, and counts it against the limits; a movement of nothing is none. */
export function charge(draft: Draft, transfer: Transfer | string | undefined, row: Row): void {
  const { at, category, kopecks, title } = row
  if (transfer === undefined || kopecks === 0) return
  // Field by field: rest and spread cost several times as much, and a look at a line foresees dozens of charges.
  const { code = null, coming = null } = row
  draft.changes.charges.push({ at, category, kopecks, title, code, coming, transfer })
  if (kopecks < 0) countSpending(draft, at, category, -kopecks)
}
