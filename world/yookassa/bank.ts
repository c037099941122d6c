import { randomUUID } from 'node:crypto'
import type { Kept, YooKassaState } from './state.ts'
import { type Card, cards, type Payment } from './wire.ts'

/** The bank moves the money, or says no. */
export function payBy(state: YooKassaState, kept: Kept, card: Card, now: number): void {
  if (card === 'empty') {
    cancel(kept, 'payment_network', 'insufficient_funds')
    return
  }
  const id = randomUUID()
  if (kept.saves) state.methods.set(id, { card, revoked: false })
  succeed(kept.payment, now)
  if (!state.registerAway) register(kept.payment)
  kept.payment.payment_method = methodOf(id, card, kept.saves)
}

/** A charge of what was saved, with nobody present. */
export function chargeSaved(state: YooKassaState, kept: Kept, methodId: string, now: number): void {
  const saved = state.methods.get(methodId)
  if (!saved || saved.revoked) {
    cancel(kept, 'payment_network', 'permission_revoked')
    return
  }
  kept.payment.payment_method = methodOf(methodId, saved.card, true)
  if (saved.card === 'good') {
    succeed(kept.payment, now)
    if (!state.registerAway) register(kept.payment)
  } else cancel(kept, 'payment_network', 'insufficient_funds')
}

export function cancel(
  { payment }: Kept,
  party: NonNullable<Payment['cancellation_details']>['party'],
  reason: string,
): void {
  payment.status = 'canceled'
  payment.cancellation_details = { party, reason }
  if (payment.receipt_registration) payment.receipt_registration = 'canceled'
}

function succeed(payment: Payment, now: number): void {
  payment.status = 'succeeded'
  payment.paid = true
  payment.refundable = true
  payment.captured_at = new Date(now).toISOString()
}

/** The register has the receipt of a payment that was made. */
export function register(payment: Payment): void {
  if (payment.status === 'succeeded' && payment.receipt_registration === 'pending') {
    payment.receipt_registration = 'succeeded'
  }
}

function methodOf(id: string, card: Card, saved: boolean): NonNullable<Payment['payment_method']> {
  const { last4 } = cards[card]
  return {
    type: 'bank_card',
    id,
    saved,
    title: `Мир •• ${last4}`,
    card: { last4, card_type: 'Mir', issuer_country: 'RU' },
  }
}
