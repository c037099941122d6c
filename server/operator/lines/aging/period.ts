import { occurrence, type Rhythm } from '../calendar.ts'
import { endBucket, fillBucket } from '../draft/buckets.ts'
import { type Draft, type ReleaseReason, tell, untell } from '../draft/draft.ts'
import { releaseHolds } from '../draft/holds.ts'
import { charge, type Legs, type Name, payInto, post } from '../draft/move.ts'
import { rememberPackage, rememberTariff } from '../draft/past.ts'
import { restsWhileBlocked, settleState } from '../draft/state.ts'
import { feeOf } from '../fees.ts'
import type { BucketState, Tariff } from '../line-state.ts'
import { endIfThere, unfitFor } from './connected.ts'

export const rhythmOf = ({ terms }: Tariff): Rhythm => (terms.period === 'month' ? 'monthly' : '30-days')

/** The name of the period's transfer when the rating job begins it: once a line and instant. */
const periodName = (lineId: string, at: Date): Name => ({
  scope: `fee:${lineId}`,
  key: `period:${at.getTime()}`,
  kind: 'tariff-period',
})

/** A line whose period waits for money: it begins now if the balance holds the fee. */
export function beginAgain(draft: Draft, at: Date): void {
  const { line, rules } = draft
  const tariff = line.nextTariff ?? line.tariff
  if (restsWhileBlocked(line, rules) || line.cash.balance < feeOf(line, tariff.terms, at)) return
  beginPeriod(draft, at, { tariff, anchorAt: at, no: 1, name: periodName(line.id, at), carry: false })
}

/** A period is over: the next one begins if it can be paid and the line may be charged; else packages end and the line waits. */
export function turnPeriod(draft: Draft, at: Date): void {
  const { line, rules } = draft
  const tariff = line.nextTariff ?? line.tariff
  const kopecks = feeOf(line, tariff.terms, at)
  const rests = restsWhileBlocked(line, rules)
  // The job was away: that the fee is near is no news any more.
  untell(draft, 'fee-near')
  if (rests || line.promised?.overdue || line.cash.balance < kopecks) {
    endPeriod(draft, at)
    if (!rests) tell(draft, at, 'fee-not-covered', { kopecks, balanceKopecks: line.cash.balance })
    return
  }
  const { anchorAt, no } = line.period
  const next = rhythmOf(tariff) === rhythmOf(line.tariff) ? { anchorAt, no: no + 1 } : { anchorAt: at, no: 1 }
  beginPeriod(draft, at, {
    tariff,
    ...next,
    name: periodName(line.id, at),
    carry: line.tariff.terms.carriesOver,
  })
}

interface Beginning {
  readonly tariff: Tariff
  /** The period ends at the `no`-th occurrence after the anchor. */
  readonly anchorAt: Date
  readonly no: number
  readonly name: Name
  /** What is left of the tariff's packages moves on into this period, once. */
  readonly carry: boolean
  /** Why what was set aside of the packages is so no more; the period's end if left out. */
  readonly why?: ReleaseReason
}

/** Takes the fee, which the balance must hold, and gives the packages: one transfer. */
export function beginPeriod(
  draft: Draft,
  at: Date,
  { tariff, anchorAt, no, name, carry, why = 'period-end' }: Beginning,
): void {
  const { line } = draft
  releaseHolds(draft, at, why)
  const to = occurrence(anchorAt, line.timeZone, rhythmOf(tariff), no)
  const kopecks = feeOf(line, tariff.terms, at)
  const legs: Legs = new Map()
  payInto(draft, legs, 'income:tariff', kopecks)
  turnPackages(draft, legs, { tariff, at, to, carry })
  if (tariff.id !== line.tariff.id) {
    rememberTariff(draft, at)
    line.tariffChangedAt = at
    tell(draft, at, 'tariff-changed', { code: tariff.terms.code })
    for (const connected of unfitFor(line, tariff)) endIfThere(draft, connected, at)
  }
  line.tariff = tariff
  line.nextTariff = null
  line.period = { anchorAt, no, from: at, to, paid: true }
  const transfer = post(draft, name, at, legs, { category: 'tariff', code: tariff.terms.code })
  charge(draft, transfer, {
    at,
    category: 'tariff',
    kopecks: -kopecks,
    title: tariff.terms.title,
    code: tariff.terms.code,
    coming: 'tariff',
  })
  if (settleState(draft) && line.state === 'active') tell(draft, at, 'line-active-again')
}

interface Turn {
  readonly tariff: Tariff
  readonly at: Date
  readonly to: Date
  readonly carry: boolean
}

/** Packages of the period before become those of the next one; what was not used moves on into a bucket of its own, once. */
function turnPackages(draft: Draft, legs: Legs, { tariff, at, to, carry }: Turn): void {
  const { line } = draft
  const moveOn = carry ? line.buckets.filter((bucket) => isOfTariff(bucket) && movesOn(tariff, bucket)) : []
  const moving = moveOn.map(({ type, left }) => ({ type, amount: left }))
  rememberPackages(draft, at, moveOn)
  const owner = { offeringId: tariff.id, connectedId: null }
  const filled = new Set<string>()
  for (const pack of tariff.terms.packages) {
    fillBucket(draft, legs, { source: 'tariff', ...owner }, pack, { at, expiresAt: to })
    filled.add(`tariff ${pack.type}`)
  }
  for (const pack of moving) {
    fillBucket(draft, legs, { source: 'carried-over', ...owner }, pack, { at, expiresAt: to })
    filled.add(`carried-over ${pack.type}`)
  }
  endPackages(draft, legs, filled)
}

const isOfTariff = ({ source, ended, total }: BucketState) => source === 'tariff' && !ended && total !== null
const movesOn = ({ terms }: Tariff, { type, left }: BucketState) =>
  left > 0 && !terms.packages.some((pack) => pack.type === type && pack.amount === null)

/** What is left of the period's packages pays for its usage that comes late. */
function rememberPackages(draft: Draft, at: Date, carried: readonly BucketState[]): void {
  for (const bucket of draft.line.buckets.filter(isOfPeriod)) {
    rememberPackage(draft, bucket, at, carried.includes(bucket))
  }
}

const isOfPeriod = ({ source }: BucketState) => source === 'tariff' || source === 'carried-over'

/** The period's packages are over, those among `kept` (`source type`) excepted. */
function endPackages(draft: Draft, legs: Legs, kept: ReadonlySet<string>): void {
  for (const bucket of draft.line.buckets) {
    const { source, type, ended } = bucket
    if (isOfPeriod(bucket) && !ended && !kept.has(`${source} ${type}`)) endBucket(draft, legs, bucket)
  }
}

/** The period ended and none begins: its packages are over, the line waits for money. */
function endPeriod(draft: Draft, at: Date): void {
  const { line } = draft
  releaseHolds(draft, at, 'period-end')
  const legs: Legs = new Map()
  rememberPackages(draft, at, [])
  endPackages(draft, legs, new Set())
  post(draft, { scope: `expiry:${line.id}`, key: `period:${at.getTime()}`, kind: 'expiry' }, at, legs)
  line.period = { ...line.period, paid: false }
  settleState(draft)
}
