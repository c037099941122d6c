/**
 * TMF676 Payment: money on its way to a line, made through us or told of by whoever received it. What has been paid in elsewhere is
 * credited once under the client's name for it, as an order that is done at once. Refunds are not asked for here.
 */
import { Id } from '../../../contracts/primitives.ts'
import type { PaymentRecord } from '../../operator/edge/index.ts'
import type { Call } from '../core/call.ts'
import { type Anchors, linesAsked, lookAtLine, whoseLines } from '../core/lines-asked.ts'
import { keyset } from '../core/page.ts'
import { isExact, type Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import type { Everybody } from '../core/walk.ts'
import { mapPayment } from './map-payment.ts'
import { Payment, PaymentTold } from './schema.ts'
import { paymentIdOf, tellPayment } from './tell-payment.ts'

const NUMBER = 'account.name'
const ANCHORS: Anchors = { 'account.id': 'line', [NUMBER]: 'msisdn' }

const payment = resource({
  name: 'payment',
  schema: Payment,
  numbers: [NUMBER],
  writes: 'payments',
  list: paymentsAsked,
  everybody: everyPayment(),
  read: paymentOf,
  create: { body: PaymentTold, run: tellPayment },
})

/** By the client's own name for it, or all of a line, newest first. */
async function* paymentsAsked(call: Call, query: Query): AsyncGenerator<Payment[]> {
  const named = query.conditions.find((one) => one.attribute === 'correlatorId' && isExact(one))
  if (named) {
    const one = await paymentOf(call, paymentIdOf(call, named.values[0] ?? ''))
    yield one ? [one] : []
    return
  }
  const { edge } = call.room.lines
  for (const line of await linesAsked(call, query, ANCHORS, 'charges')) {
    const ofLine = keyset<PaymentRecord>((ask) => edge.listPayments(call.db, line.id, ask))
    for await (const page of ofLine) yield page.map((one) => mapPayment(call, line, one))
  }
}

function everyPayment(): Everybody<Payment> {
  return {
    anchors: ['correlatorId', ...Object.keys(ANCHORS)],
    walk: async (call, ask) => {
      const { edge } = call.room.lines
      const { items, next } = await edge.walkPayments(call.db, ask)
      const lines = await Promise.all(items.map(({ lineId }) => edge.findLine(call.db, lineId)))
      const whose = await whoseLines(call, lines)
      const walked = items.flatMap((one, place) => {
        const line = lines[place]
        return line ? [{ thing: mapPayment(call, line, one), whose: whose[place] ?? {} }] : []
      })
      return { items: walked, next }
    },
  }
}

async function paymentOf(call: Call, id: string): Promise<Payment | undefined> {
  const known = Id.safeParse(id).success ? await call.room.lines.edge.findPayment(call.db, id) : undefined
  const line = known && (await lookAtLine(call, known.lineId, 'charges'))
  return line && mapPayment(call, line, known)
}

export const payments: Api = {
  name: 'payment',
  resources: [payment],
  hub: {
    types: { 'payment.changed': 'PaymentStateChangeEvent' },
    subject: 'payment',
    read: async (call, { paymentId }) =>
      typeof paymentId === 'string' ? paymentOf(call, paymentId) : undefined,
  },
}
