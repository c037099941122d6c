import { isDeepStrictEqual } from 'node:util'
import { type Db, type Executor, inTransaction } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { By, PaymentRecord, ReceivedAsk } from '../edge/index.ts'
import { creditMoney, readState, refuseIfAny, stateConflicts, type Title } from '../lines/index.ts'
import { recordDone } from '../orders/index.ts'
import type { PaymentsContext } from './payments-context.ts'
import { presentPayment } from './read-payments.ts'
import { insertReceived, lockPayment, type PaymentRow } from './store.ts'

const TITLE: Title = { ru: 'Пополнение счёта', en: 'Top-up' }

/**
 * Credits money that another system has received: payment, money and order in one commit, the order with who told of it. A repeat under
 * the same id changes nothing. The limits of topping up do not hold: what has been paid is there.
 * Refuses with `not_found` (line), `order_refused` (line-state), `idempotency_key_reused` (another payment of that id,
 * or one whose words were destroyed with the person: it is credited, and would tell whether somebody guesses them right).
 */
export function receivePayment(
  db: Db,
  payments: PaymentsContext,
  by: By,
  ask: ReceivedAsk,
): Promise<PaymentRecord> {
  return inTransaction(db, async (tx) => {
    const provider = `service:${by.id ?? by.through}`
    const createdAt = payments.clock.now()
    const kopecks = ask.amountKopecks
    // Whoever sends the same at the same time waits here, and finds it.
    if (await insertReceived(tx, { ...ask, kopecks, provider, createdAt })) {
      await requireReceives(tx, payments, ask.lineId)
      await credit(tx, payments, by, ask, provider)
    }
    return presentPayment(theSame(found(await lockPayment(tx, ask.id), 'payment'), ask, provider))
  })
}

async function requireReceives(tx: Executor, { lines }: PaymentsContext, lineId: string): Promise<void> {
  refuseIfAny(stateConflicts(found(await readState(tx, lines, lineId), 'line'), 'receive'))
}

async function credit(
  tx: Executor,
  { lines, orders }: PaymentsContext,
  by: By,
  { id, lineId, amountKopecks }: ReceivedAsk,
  provider: string,
): Promise<void> {
  await creditMoney(tx, lines, {
    lineId,
    ref: id,
    kopecks: amountKopecks,
    from: `payments:${provider}`,
    category: 'top-up',
    title: TITLE,
  })
  const request = { kind: 'top-up', amountKopecks } as const
  await recordDone(tx, orders, by, { id, lineId, request }, [
    { effect: 'receive-money', kopecks: amountKopecks },
  ])
}

function theSame(
  row: PaymentRow,
  { id, lineId, amountKopecks, received }: ReceivedAsk,
  provider: string,
): PaymentRow {
  const kept = { lineId: row.lineId, kopecks: row.kopecks, received: row.received, provider: row.provider }
  if (isDeepStrictEqual(kept, { lineId, kopecks: amountKopecks, received, provider })) return row
  throw new Refusal('idempotency_key_reused', { id })
}
