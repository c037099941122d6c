import { type Db, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { postTransfer, systemAccount } from '../../ledger/index.ts'
import { creditMoney } from '../../lines/index.ts'
import { settleOrder } from '../../orders/index.ts'
import type { PaymentsContext } from '../payments-context.ts'
import type { RefundReading } from '../provider.ts'
import { pauseWaiting } from '../schedule.ts'
import type { Settled } from '../settle-payment.ts'
import { onItsWay } from './open-refund.ts'
import { changeRefund, lockRefund, type RefundRow } from './store.ts'

const BACK = { ru: 'Возврат на карту не прошёл', en: 'The refund to the card failed' } as const

/**
 * Brings a refund to where the provider says that it stands; however often it is told, the money goes back once. What fails is on the line
 * again. Refund, money and order are one commit.
 */
export function settleRefund(db: Db, payments: PaymentsContext, reading: RefundReading): Promise<Settled> {
  return inTransaction(db, async (tx) => {
    const row = reading.id === null ? undefined : await lockRefund(tx, reading.id)
    const isNamedSo =
      row?.provider === payments.provider?.name &&
      (row?.providerId ?? reading.providerId) === reading.providerId
    if (!row || !isNamedSo) return 'unknown'
    if (row.settledAt !== null) return 'unchanged'
    if (reading.kopecks !== row.kopecks || reading.currency !== 'RUB') return suspect(tx, payments, row)
    if (reading.state === 'waiting') return keepWaiting(tx, payments, row, reading)
    if (reading.state === 'succeeded') return succeed(tx, payments, row, reading)
    await failRefund(tx, payments, row, reading)
    return 'settled'
  })
}

/** Another amount than we asked for: nothing that a machine should decide. */
async function suspect(tx: Executor, payments: PaymentsContext, row: RefundRow): Promise<Settled> {
  payments.log.error({ refundId: row.id }, 'the provider tells of another refund than we asked for')
  await changeRefund(tx, { ...row, state: 'unknown', reason: 'mismatch', nextAt: null })
  await settleOrder(tx, payments.orders, {
    id: row.id,
    state: 'unknown',
    reason: { code: 'mismatch', facts: {} },
  })
  return 'mismatch'
}

async function keepWaiting(
  tx: Executor,
  { clock, rules, random = Math.random }: PaymentsContext,
  row: RefundRow,
  { providerId }: RefundReading,
): Promise<Settled> {
  const now = clock.now()
  const isOver = now.getTime() - row.createdAt.getTime() >= rules.patience.forgetMs
  await changeRefund(tx, {
    ...row,
    state: isOver ? 'unknown' : 'waiting',
    reason: isOver ? 'no-answer' : null,
    providerId,
    attempts: 0,
    heardAt: now,
    nextAt: isOver ? null : new Date(now.getTime() + pauseWaiting(row, now, random)),
  })
  return 'settled'
}

async function succeed(
  tx: Executor,
  { clock, orders }: PaymentsContext,
  { id, lineId, kopecks, provider }: RefundRow,
  { providerId }: RefundReading,
): Promise<Settled> {
  const now = clock.now()
  await postTransfer(tx, {
    scope: 'refund',
    key: id,
    kind: 'refund',
    at: now,
    lineId,
    legs: [
      { accountId: systemAccount(onItsWay(provider), 'kopecks'), amount: -kopecks },
      { accountId: systemAccount(`payments:${provider}`, 'kopecks'), amount: kopecks },
    ],
  })
  await changeRefund(tx, {
    id,
    state: 'succeeded',
    attempts: 0,
    nextAt: null,
    providerId,
    heardAt: now,
    settledAt: now,
  })
  await settleOrder(tx, orders, { id, state: 'done' })
  return 'settled'
}

/** It will not be given back: the money is the line's again. For a row that the caller has locked. */
export async function failRefund(
  tx: Executor,
  { clock, lines, orders }: PaymentsContext,
  { id, lineId, kopecks, provider }: RefundRow,
  { reason, providerId = null }: { readonly reason: string | null; readonly providerId?: string | null },
): Promise<void> {
  const now = clock.now()
  await creditMoney(tx, lines, {
    lineId,
    ref: id,
    kopecks,
    from: onItsWay(provider),
    category: 'top-up',
    title: BACK,
    code: 'refund-top-up',
  })
  await changeRefund(tx, {
    id,
    state: 'failed',
    attempts: 0,
    nextAt: null,
    reason,
    providerId,
    heardAt: now,
    settledAt: now,
  })
  await settleOrder(tx, orders, { id, state: 'refused', reason: { code: reason ?? 'failed', facts: {} } })
}
