import { PositiveKopecks } from '../../../contracts/amounts.ts'
import { byOfLooker } from '../../care/lines/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { Call } from '../core/call.ts'
import { idOfClient } from '../core/client-ids.ts'
import { kopecksOfMoney } from '../core/common.ts'
import { lookAtLine } from '../core/lines-asked.ts'
import { mapPayment } from './map-payment.ts'
import type { Payment, PaymentTold } from './schema.ts'

/**
 * Credits money that the caller has received for a line. A repeat under the same `correlatorId`, or else the same `Idempotency-Key`, is
 * credited once. Refuses with `not_found` (line), `invalid_request` (another currency, no whole kopecks, too much), `order_refused`
 * (the line has ended), `idempotency_key_reused` (another payment of that name).
 */
export async function tellPayment(call: Call, told: PaymentTold): Promise<Payment> {
  const { db, room, actor } = call
  const amountKopecks = amountOf(told)
  const line = found(await lookAtLine(call, told.account.id, 'charges'), 'line')
  const { correlatorId, authorizationCode, paymentMethod, channel } = told
  const payment = await room.lines.edge.receivePayment(db, byOfLooker(room.lines, actor, { role: null }), {
    id: idOf(call, correlatorId),
    lineId: line.id,
    amountKopecks,
    received: {
      reference: correlatorId ?? null,
      authorization: authorizationCode ?? null,
      method: paymentMethod['@type'] ?? paymentMethod.name ?? '',
      channel: channel?.id ?? null,
    },
  })
  return mapPayment(call, line, payment)
}

/** The id of the payment that the caller calls so. */
export const paymentIdOf = ({ actor }: Call, correlatorId: string): string =>
  idOfClient(actor.id, 'correlator', correlatorId)

function idOf(call: Call, correlatorId: string | undefined): string {
  const { actor, key, room } = call
  if (correlatorId !== undefined) return paymentIdOf(call, correlatorId)
  return key === undefined ? newId(room.clock) : idOfClient(actor.id, 'payment-key', key)
}

function amountOf({ totalAmount }: PaymentTold): number {
  const kopecks = PositiveKopecks.safeParse(kopecksOfMoney(totalAmount))
  if (kopecks.success) return kopecks.data
  const says = 'roubles (RUB), in whole kopecks, at most a million'
  throw new Refusal('invalid_request', { in: 'body', issues: [{ at: 'totalAmount', says }] })
}
