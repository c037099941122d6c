import { afterCommit, type Executor } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { type Conflict, conflict, type LineState, numbersOf, startOfDay } from '../lines/index.ts'
import type { OpenedTopUp, Till } from '../orders/index.ts'
import { selectMethod } from './method-store.ts'
import type { TillContext } from './payments-context.ts'
import type { PaymentProvider } from './provider.ts'
import { judgeRefund, openRefund } from './refunds/open-refund.ts'
import { forgetMethod, ownerOf } from './saved-methods.ts'
import { type Given, insertPayment, type NewRow, sumGiven } from './store.ts'

/** Whoever waits for the page asks by themselves, right after the commit; the loop comes in where they could not. */
const HEAD_START_MS = 3_000

/** What orders of the kind `top-up` need of payments, before there are any. */
export function createTill(context: TillContext): Till {
  const { rules, wake } = context
  return {
    async judge(db, line, amountKopecks) {
      requireProvider(context)
      return limitConflicts(rules, await givenToday(db, context, line), amountKopecks)
    },
    async open(tx, order) {
      const row = await newRow(tx, context, order)
      await insertPayment(tx, row)
      if (row.automatic) afterCommit(tx, wake)
    },
    judgeRefund: (db, line, refund) => judgeRefund(db, context, line, refund),
    openRefund: (tx, refund) => openRefund(tx, context, refund),
    hasMethod: async (db, lineId) => (await selectMethod(db, lineId)) !== undefined,
    forgetMethod: (tx, lineId) => forgetMethod(tx, context, lineId),
  }
}

/** Refuses with `unavailable` where no payments are taken. */
export function requireProvider({ provider }: Pick<TillContext, 'provider'>): PaymentProvider {
  if (!provider) throw new Refusal('unavailable', { what: 'payments' })
  return provider
}

/** What a line was given today, by its own calendar. */
export const givenToday = (
  db: Executor,
  { clock }: Pick<TillContext, 'clock'>,
  { id, timeZone }: Pick<LineState, 'id' | 'timeZone'>,
): Promise<Given> => sumGiven(db, id, startOfDay(timeZone, clock.now()))

function limitConflicts(rules: TillContext['rules'], given: Given, amount: number): Conflict[] {
  const { minKopecks, maxKopecks, dayMaxKopecks, dayMaxCount } = rules
  const isPastDay = given.kopecks + amount > dayMaxKopecks || given.count >= dayMaxCount
  return [
    ...(amount < minKopecks || amount > maxKopecks
      ? [conflict('limit', 'amount', { minKopecks, maxKopecks })]
      : []),
    ...(isPastDay ? [conflict('limit', 'day', { dayMaxKopecks, dayMaxCount })] : []),
  ]
}

async function newRow(
  tx: Executor,
  context: TillContext,
  { id, lineId, by, request }: OpenedTopUp,
): Promise<NewRow> {
  const { amountKopecks, automatic } = request
  const now = context.clock.now()
  const partyId = automatic && found(await ownerOf(tx, context, lineId), 'owner')
  const provider = requireProvider(context)
  return {
    id,
    lineId,
    // Whoever pays may want it elsewhere, and says so before the provider is asked.
    receiptTo: provider.sendsReceipts ? found((await numbersOf(tx, [lineId])).get(lineId), 'line') : null,
    kopecks: amountKopecks,
    automatic: by.kind === 'system',
    payerId: by.kind === 'subscriber' ? by.id : null,
    saves: automatic && partyId !== undefined ? { ...automatic, partyId } : null,
    provider: provider.name,
    createdAt: now,
    nextAt: new Date(now.getTime() + (by.kind === 'system' ? 0 : HEAD_START_MS)),
  }
}
