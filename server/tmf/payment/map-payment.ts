import { ERASED } from '../../../contracts/orders.ts'
import type { LineIdentity, PaymentRecord } from '../../operator/edge/index.ts'
import { refsOfLine } from '../core/around-line.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { moneyOf } from '../core/common.ts'
import type { Payment } from './schema.ts'

/** Our states in TM Forum's words; `unknown` is ours: nobody knows, a person looks. */
const STATUSES: Readonly<Record<PaymentRecord['state'], Payment['status']>> = {
  created: 'pendingAuthorization',
  waiting: 'pendingAuthorization',
  succeeded: 'done',
  failed: 'denied',
  expired: 'canceled',
  unknown: 'unknown',
}

const NAME = { ru: 'Пополнение счёта', en: 'Top-up' } as const

/** A payment to a line as TM Forum's: through whom, by what, what became of it. */
export function mapPayment(call: Call, line: LineIdentity, payment: PaymentRecord): Payment {
  const { id, amountKopecks, state, startedAt, settledAt, received } = payment
  const authorization = received?.authorization ?? payment.providerId
  const method =
    received === null ? (payment.automatic ? 'savedMethod' : 'onlinePayment') : (received.method ?? ERASED)
  const channel = received === null ? payment.provider : (received.channel ?? 'api')
  return {
    id,
    href: hrefOf(call, 'payment', 'payment', id),
    '@type': 'Payment',
    name: wordsFor(call, NAME),
    ...(typeof received?.reference === 'string' && { correlatorId: received.reference }),
    ...(authorization !== null && { authorizationCode: authorization }),
    status: STATUSES[state],
    statusDate: settledAt ?? startedAt,
    ...(state === 'succeeded' && settledAt !== null && { paymentDate: settledAt }),
    account: refsOfLine(call, line).account,
    amount: moneyOf(amountKopecks),
    totalAmount: moneyOf(amountKopecks),
    channel: { id: channel, name: channel },
    paymentMethod: { '@type': method, name: method },
  }
}
