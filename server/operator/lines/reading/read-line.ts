import type { Offering } from '../../../../contracts/catalogue.ts'
import type { Bucket } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Aged, LineView } from '../../edge/index.ts'
import { type Coming, foreseeCharges, moneyEndsAt } from '../aging/foresee-charges.ts'
import { owedOf } from '../aging/promised.ts'
import type { BucketState, LineState, PromisedState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { statesOf } from '../load-lines.ts'
import type { LineRules } from '../rules.ts'
import type { Basis } from '../store/glance.ts'
import { type RoleRow, type SharedLineRow, selectSharedLines } from '../store/read-rows.ts'
import { holdsUntil } from './holds-until.ts'
import { bringUp } from './read-state.ts'
import { inSpendingOrder } from './spending-order.ts'

/** A line at a glance, with what its people are on it, the owner first. */
export interface LineRead extends Aged<LineView> {
  readonly roles: readonly RoleRow[]
  /** When the clock makes others of its people; null: never. */
  readonly peopleUntil: Date | null
  /** Those that it speaks of. */
  readonly offerings: readonly Offering[]
  readonly basis: Basis
  /** From then on the clock alone makes something else of it. */
  readonly until: Date
}

/** Lines at a glance, by id: one statement for any number of them, so that readers who wait can share it. */
export async function readLines(
  db: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, LineRead>> {
  const asOf = lines.clock.now()
  const found = await selectSharedLines(db, lineIds, asOf)
  const states = await statesOf(db, found)
  await bringUp(db, lines, [...states.values()])
  const reads = new Map<string, LineRead>()
  for (const row of found) {
    const line = states.get(row.id)
    if (line) reads.set(row.id, readOf(row, line, lines.rules, asOf))
  }
  return reads
}

/** @param line as it is now, of the row as the tables have it */
function readOf(row: SharedLineRow, line: LineState, rules: LineRules, asOf: Date): LineRead {
  const foreseen = foreseeCharges(line, rules, asOf)
  const { version, cash, held, usage, roles, peopleUntil } = row
  if (cash === null || held === null) throw new Error('a line was read whose accounts are not in the ledger')
  const basis = { version, cash, held, waiting: usage.length }
  const until = holdsUntil(line, { now: asOf, foreseenUntil: foreseen.until, waits: usage.length > 0 })
  return {
    value: viewOf(line, foreseen.coming),
    asOf,
    roles,
    peopleUntil,
    offerings: offeringsOf(line),
    basis,
    until,
  }
}

const offeringsOf = ({ tariff, nextTariff, connected }: LineState): Offering[] => [
  tariff,
  ...(nextTariff === null ? [] : [nextTariff]),
  ...connected.map(({ offering }) => offering),
]

/** A line at a glance; undefined = there is no such line. */
export async function readLine(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<LineRead | undefined> {
  return (await readLines(db, lines, [lineId])).get(lineId)
}

function viewOf(line: LineState, coming: readonly Coming[]): LineView {
  return {
    id: line.id,
    msisdn: line.msisdn,
    state: line.state,
    blockedFor: line.blockedFor,
    region: line.region,
    timeZone: line.timeZone,
    tariff: line.tariff,
    nextTariff: line.nextTariff,
    balanceKopecks: line.cash.balance,
    heldKopecks: line.held.balance,
    buckets: inSpendingOrder(line.buckets).map((bucket) => bucketView(bucket, line)),
    // Field by field, as where they are made: rest and spread cost several times as much.
    coming: coming.map(({ at, kopecks, for: what, code, title }) => ({
      at: at.toISOString(),
      kopecks,
      for: what,
      code,
      title,
    })),
    moneyEndsAt: moneyEndsAt(coming, line.cash.balance)?.toISOString() ?? null,
    promised: line.promised && promisedView(line.promised),
    contentBanned: line.contentBannedAt !== null,
  }
}

function bucketView(
  { id, type, source, offeringId, left, total, expiresAt }: BucketState,
  line: LineState,
): Bucket {
  const offering = [line.tariff, ...line.connected.map((one) => one.offering)].find(
    (one) => one.id === offeringId,
  )
  const title = offering?.terms.title ?? null
  return { id, type, source, title, left, total, expiresAt: expiresAt?.toISOString() ?? null }
}

/** What is still to be paid back: the money itself, and the fee. */
function promisedView(promised: PromisedState): LineView['promised'] {
  const feeKopecks = Math.min(promised.feeKopecks, owedOf(promised))
  return { kopecks: owedOf(promised) - feeKopecks, feeKopecks, dueAt: promised.dueAt.toISOString() }
}
