/**
 * Payments: money that people bring from outside. A narrow port to whoever takes it (`PaymentProvider`), one row a payment, and the
 * credit to the line when it has succeeded.
 *
 * - A payment is an order of the kind `top-up`, of the same id: pending until it is settled. Payment, credit, order and entry are one commit.
 * - Credited once: the state under the payment's lock, and the ledger's key, each would be enough. What succeeded stays so, whatever
 *   callbacks are repeated, forged, late or lost.
 * - What another system has received is credited when it says so, once under its name: a payment that has succeeded, an order that is done.
 * - Only what we asked for is credited: our name, the provider's, the amount, the currency. Else it is `unknown`, and a person looks.
 * - Nothing is asked of the provider within a transaction. It is asked under our name until it answers; a payment whose fate nobody knows
 *   is `unknown`, is listed, counted, and asked about while that may help.
 * - A refund takes the money off the line first, is asked for under our name, and gives it back to the line if it fails.
 * - Fiscal receipts are registered and sent by the provider; here stands where to, and whether it happened.
 * - A saved method is the owner's who agreed, for one line and one rule; it is sealed, and destroyed when the rule ends.
 * - Locks: payment, then line, then order. Falls and methods stand under the line's lock.
 */

export { serveCallbacks } from './callback-route.ts'
export { askTopUp } from './charge-falls.ts'
export { erasePayments, exportPayments } from './erase-payments.ts'
export { hearOfLines } from './hear-operator.ts'
export type { CallbackOutcome, PaymentsContext, TillContext } from './payments-context.ts'
export type {
  Callback,
  Heard,
  NewCharge,
  NewPayment,
  NewRefund,
  PaymentProvider,
  ProviderSaysNo,
  Reading,
  RefundReading,
} from './provider.ts'
export { putReceiptRight, type ReceiptRighted } from './put-receipt-right.ts'
export {
  countPayments,
  findPayment,
  findTopUp,
  listMissingReceipts,
  listPayments,
  listUnknownRefunds,
  listUnknownTopUps,
  readTopUpTerms,
  walkPayments,
} from './read-payments.ts'
export { receivePayment } from './receive-payment.ts'
export { DEFAULT_PAYMENT_RULES, type PaymentRules } from './rules.ts'
export { startPayments } from './run-payments.ts'
export { resealMethods } from './saved-methods.ts'
export { startTopUp } from './start-top-up.ts'
export { createTill } from './till.ts'
export { createYooKassa, type YooKassaSettings } from './yookassa/adapter.ts'
