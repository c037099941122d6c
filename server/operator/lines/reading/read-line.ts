import type { Bucket, Line } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Aged } from '../../edge/index.ts'
import { foreseeCharges, moneyEndsAt } from '../aging/foresee-charges.ts'
import { owedOf } from '../aging/promised.ts'
import type { BucketState, LineState, PromisedState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import { statesOf } from '../load-lines.ts'
import type { LineRules } from '../rules.ts'
import { type RoleRow, selectSharedLines } from '../store/read-rows.ts'
import { bringUp } from './read-state.ts'
import { inSpendingOrder } from './spending-order.ts'

export type LineView = Omit<Line, 'asOf' | 'role'>

/** A line at a glance, with what its people are on it, the owner first. */
export interface LineRead extends Aged<LineView> {
  readonly roles: readonly RoleRow[]
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
  for (const { id, roles } of found) {
    const line = states.get(id)
    if (line) reads.set(id, { value: viewOf(line, lines.rules, asOf), asOf, roles })
  }
  return reads
}

/** A line at a glance; undefined = there is no such line. */
export async function readLine(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<LineRead | undefined> {
  return (await readLines(db, lines, [lineId])).get(lineId)
}

function viewOf(line: LineState, rules: LineRules, now: Date): LineView {
  const coming = foreseeCharges(line, rules, now)
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
