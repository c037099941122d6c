import type { Order, OrderKind, OrderRequest, orders } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import { isTold, toldOrder } from '../my/index.ts'
import { maskNumber } from '../subscribers/index.ts'
import type { LinesRoom } from './lines-room.ts'
import { byOfLooker, type Looker, requireLook } from './look-at-line.ts'

/** The handlers of the `orders` contract: who may look at the line may ask; who may have it done is settled at the edge. */
export function ordersHandlers(room: LinesRoom): Handlers<typeof orders> {
  const { edge } = room
  const standing = async (db: Executor, actor: Looker, lineId: string, address: string, kind?: OrderKind) => {
    // Who sees nothing but the balance may still ask to see it no more.
    const seen = kind === 'leave-line' ? 'glance' : 'orders'
    return byOfLooker(room, actor, await requireLook(db, room, actor, lineId, seen, address))
  }
  // A question and its answer are two.
  const limitNumbers = async ({ kind, id }: Looker, request: OrderRequest) => {
    if (kind === 'subscriber' && request.kind === 'transfer-money')
      await room.limits.take('transfer-to:subscriber', id)
  }
  const deciding = (actor: Looker) => byOfLooker(room, actor, { role: null })
  const orderOf = async (db: Executor, orderId: string) => found(await edge.findOrder(db, orderId), 'order')
  return {
    async previewOrder({ db, actor, params: { id }, body, request }) {
      const by = await standing(db, actor, id, request.ip, body.request.kind)
      await limitNumbers(actor, body.request)
      return edge.previewOrder(db, by, id, body.request)
    },
    async placeOrder({ db, actor, params, body, request }) {
      const by = await standing(db, actor, params.id, request.ip, body.request.kind)
      await limitNumbers(actor, body.request)
      return edge.placeOrder(db, by, { ...body, lineId: params.id })
    },
    async getOrder({ db, actor, params: { id }, request }) {
      const order = await orderOf(db, id)
      const { role } = await requireLook(db, room, actor, order.lineId, 'orders', request.ip)
      if (role === null) return order
      return toldOrder(found(isTold(order) ? order : undefined, 'order'))
    },
    async undoOrder({ db, actor, params: { id }, request }) {
      const { lineId } = await orderOf(db, id)
      return edge.undoOrder(db, await standing(db, actor, lineId, request.ip), id)
    },
    async listOrders({ db, actor, params: { id }, query, request }) {
      const { role } = await requireLook(db, room, actor, id, 'orders', request.ip)
      const page = await edge.listOrders(db, id, query)
      if (role === null) return page
      return { ...page, items: page.items.filter(isTold).map(toldOrder<Order>) }
    },
    // Not by a look at the line: whoever decides needs the order and its reason, not the person.
    async listOrdersToApprove({ db, actor, query }) {
      const { items, next } = await edge.listOrdersToApprove(db, deciding(actor), query)
      return { items: items.map((one) => ({ ...one, msisdn: maskNumber(one.msisdn) })), next }
    },
    async countOrdersToApprove({ db, actor }) {
      return { count: await edge.countOrdersToApprove(db, deciding(actor)) }
    },
    // Other people's numbers are for who opens the line.
    async listUnknownOrders({ db, query }) {
      const { items, next } = await edge.listUnknownOrders(db, query)
      return { items: items.map((one) => ({ ...one, request: masked(one.request) })), next }
    },
    async decideOrder({ db, actor, params: { id }, body }) {
      return edge.decideOrder(db, deciding(actor), id, body.approve, body.reason ?? null)
    },
  }
}

function masked(request: OrderRequest): OrderRequest {
  if (!('toMsisdn' in request) || request.toMsisdn === null) return request
  return { ...request, toMsisdn: maskNumber(request.toMsisdn) }
}
