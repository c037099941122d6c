import type { Bucket, Line } from '../../../../contracts/lines.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Aged } from '../../edge/index.ts'
import { foreseeCharges, moneyEndsAt } from '../aging/foresee-charges.ts'
import { owedOf } from '../aging/promised.ts'
import type { BucketState, LineState, PromisedState } from '../line-state.ts'
import type { LinesContext } from '../lines-context.ts'
import type { LineRules } from '../rules.ts'
import { readStates } from './read-state.ts'
import { inSpendingOrder } from './spending-order.ts'

export type LineView = Omit<Line, 'asOf' | 'role'>

/** Lines at a glance, by id: two statements for any number of them, so that readers who wait can share one reading. */
export async function readLines(
  db: Executor,
  lines: LinesContext,
  lineIds: readonly string[],
): Promise<Map<string, Aged<LineView>>> {
  const asOf = lines.clock.now()
  const states = await readStates(db, lines, lineIds)
  return new Map([...states].map(([id, line]) => [id, { value: viewOf(line, lines.rules, asOf), asOf }]))
}

/** A line at a glance; undefined = there is no such line. */
export async function readLine(
  db: Executor,
  lines: LinesContext,
  lineId: string,
): Promise<Aged<LineView> | undefined> {
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
