import { afterCommit, type Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { type Conflict, conflict, debitMoney, type LineState, stateConflicts } from '../../lines/index.ts'
import type { OpenedRefund } from '../../orders/index.ts'
import type { TillContext } from '../payments-context.ts'
import { selectPayment } from '../store.ts'
import { insertRefund, sumRefunded } from './store.ts'

const DAY_MS = 86_400_000
const TITLE = { ru: 'Возврат на карту', en: 'Refund to the card' } as const
/** Where the money stands while the provider gives it back. */
export const onItsWay = (provider: string): string => `refunds:${provider}`

/**
 * What is in the way of giving so much of a top-up back to what it was paid with: it did not succeed, or not here, the provider takes none
 * back any more, the rest of it or the balance is less. An ended line has its balance still.
 */
export async function judgeRefund(
  db: Executor,
  { provider, rules, clock }: TillContext,
  line: LineState,
  { topUpId, amountKopecks }: { readonly topUpId: string; readonly amountKopecks: number },
): Promise<Conflict[]> {
  const payment = await selectPayment(db, topUpId)
  const isOurs =
    payment?.lineId === line.id && payment.state === 'succeeded' && payment.provider === provider?.name
  if (!payment || !isOurs) return [conflict('not-offered', 'refund')]
  const oldest = clock.now().getTime() - rules.refund.withinDays * DAY_MS
  if (payment.createdAt.getTime() < oldest) return [conflict('not-offered', 'refund-age')]
  const left = payment.kopecks - (await sumRefunded(db, topUpId))
  const { balance } = line.cash
  return [
    ...(line.state === 'ended' ? [] : stateConflicts(line, 'receive')),
    ...(amountKopecks > left ? [conflict('limit', 'refund', { maxKopecks: left })] : []),
    ...(amountKopecks > balance
      ? [conflict('balance', null, { kopecks: amountKopecks, balanceKopecks: balance })]
      : []),
  ]
}

/** Takes the money off the line and notes the refund, in the order's transaction: the provider is asked after the commit. */
export async function openRefund(
  tx: Executor,
  { clock, lines, wake }: TillContext,
  { id, lineId, topUpId, amountKopecks }: OpenedRefund,
): Promise<void> {
  const { provider } = found(await selectPayment(tx, topUpId), 'top-up')
  await debitMoney(tx, lines, {
    lineId,
    ref: id,
    kopecks: amountKopecks,
    to: onItsWay(provider),
    category: 'top-up',
    title: TITLE,
    code: 'refund-top-up',
  })
  await insertRefund(tx, {
    id,
    paymentId: topUpId,
    lineId,
    kopecks: amountKopecks,
    provider,
    createdAt: clock.now(),
  })
  afterCommit(tx, wake)
}
