import type { Db } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { PaymentsContext } from './payments-context.ts'
import type { Callback, Heard, PaymentProvider, Reading } from './provider.ts'
import { settleRefund } from './refunds/settle-refund.ts'
import { settlePayment } from './settle-payment.ts'
import { askSoon } from './store.ts'

/**
 * Takes what a provider tells by itself. A signed callback is proof; any other is a hint after which the payment is read again.
 * Refuses with `webhook_unauthentic` (wrong secret or signature, no such provider), `invalid_request` (nobody can read it), `not_found`
 * (a payment that we did not ask for), `unavailable` (it cannot be read again now: the loop does, and the provider repeats).
 */
export async function hearCallback(
  db: Db,
  payments: PaymentsContext,
  providerName: string,
  callback: Callback,
): Promise<void> {
  const { provider, count } = payments
  const heard: Heard =
    provider && provider.name === providerName ? provider.hear(callback) : { heard: 'forged' }
  if (!provider || heard.heard === 'forged') {
    count('forged')
    throw new Refusal('webhook_unauthentic')
  }
  if (heard.heard === 'unreadable') {
    count('unreadable')
    throw new Refusal('invalid_request', { in: 'body' })
  }
  if (heard.heard === 'other') return count('other')
  if (heard.heard === 'hint' && heard.about === 'refund') return hearRefund(db, payments, provider, heard)
  const reading =
    heard.heard === 'proof' ? heard.reading : await readAgain(db, payments, provider, heard.providerId)
  const settled = reading ? await settlePayment(db, payments, reading) : 'unknown'
  count(settled === 'unknown' || settled === 'mismatch' ? settled : 'taken')
  if (settled === 'unknown') throw new Refusal('not_found', { what: 'payment' })
}

async function readAgain(
  db: Db,
  { clock }: PaymentsContext,
  provider: PaymentProvider,
  providerId: string,
): Promise<Reading | undefined> {
  try {
    return await provider.read(providerId)
  } catch (error) {
    await askSoon(db, provider.name, providerId, clock.now())
    throw error
  }
}

/** The refund is read again: the loop does it where it cannot be now. */
async function hearRefund(
  db: Db,
  payments: PaymentsContext,
  provider: PaymentProvider,
  { providerId }: { readonly providerId: string },
): Promise<void> {
  const reading = await provider.readRefund(providerId)
  // Made in the provider's books by hand.
  if (reading?.id === null) return payments.count('other')
  const settled = reading ? await settleRefund(db, payments, reading) : 'unknown'
  payments.count(settled === 'unknown' || settled === 'mismatch' ? settled : 'taken')
  if (settled === 'unknown') throw new Refusal('not_found', { what: 'refund' })
}
