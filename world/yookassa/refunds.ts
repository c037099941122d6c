import { randomUUID } from 'node:crypto'
import { digestOf, type YooKassaState } from './state.ts'
import type { NewRefund, Refund } from './wire.ts'

const kopecks = (value: string): number => Math.round(Number(value) * 100)
const roubles = (amount: number): string => (amount / 100).toFixed(2)

/** A refund under its key: a repeat is the same one. Gives why not, if it cannot be. */
export function keepRefund(
  state: YooKassaState,
  asked: NewRefund,
  key: string,
  now: number,
): { refund: Refund; isNew: boolean } | { why: string } {
  const digest = digestOf(asked)
  const known = state.refundsByKey.get(key)
  if (known && known.digest !== digest) return { why: 'Idempotence key duplicated' }
  const before = known && state.refunds.get(known.id)
  if (before) return { refund: before, isNew: false }
  const payment = state.payments.get(asked.payment_id)?.payment
  if (payment?.status !== 'succeeded') return { why: 'Payment is not succeeded' }
  const left = kopecks(payment.amount.value) - refunded(state, asked.payment_id)
  if (kopecks(asked.amount.value) > left) return { why: 'Refund amount exceeds what is left of the payment' }
  const { amount, description, metadata, receipt } = asked
  const refund: Refund = {
    id: randomUUID(),
    payment_id: asked.payment_id,
    status: 'pending',
    amount,
    created_at: new Date(now).toISOString(),
    ...(description !== undefined && { description }),
    ...(metadata && { metadata }),
    ...(receipt && { receipt_registration: 'pending' as const }),
  }
  if (receipt) state.receipts.push(receipt)
  state.refunds.set(refund.id, refund)
  state.refundsByKey.set(key, { digest, id: refund.id })
  return { refund, isNew: true }
}

/** The bank takes the money back, or says no. */
export function endRefund(state: YooKassaState, refund: Refund): void {
  if (state.refusesRefunds !== undefined) {
    refund.status = 'canceled'
    refund.cancellation_details = { party: 'payment_network', reason: state.refusesRefunds }
    return
  }
  refund.status = 'succeeded'
  if (refund.receipt_registration) refund.receipt_registration = 'succeeded'
  const payment = state.payments.get(refund.payment_id)?.payment
  if (!payment) return
  const back = refunded(state, payment.id)
  payment.refunded_amount = { value: roubles(back), currency: 'RUB' }
  payment.refundable = back < kopecks(payment.amount.value)
}

/** What of a payment is given back, or on its way. */
function refunded(state: YooKassaState, paymentId: string): number {
  const all = [...state.refunds.values()].filter((one) => one.payment_id === paymentId)
  return all
    .filter(({ status }) => status !== 'canceled')
    .reduce((sum, { amount }) => sum + kopecks(amount.value), 0)
}
