import type { orders } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Handlers } from '../../platform/http/index.ts'
import { found } from '../../platform/refusal.ts'
import type { LinesRoom } from './lines-room.ts'
import { byOfLooker, type Looker, requireLook } from './look-at-line.ts'

/** The handlers of the `orders` contract: who may look at the line may ask; who may have it done is settled at the edge. */
export function ordersHandlers(room: LinesRoom): Handlers<typeof orders> {
  const { edge } = room
  const standing = async (db: Executor, actor: Looker, lineId: string, address: string) =>
    byOfLooker(room, actor, await requireLook(db, room, actor, lineId, 'orders', address))
  const orderOf = async (db: Executor, orderId: string) => found(await edge.findOrder(db, orderId), 'order')
  return {
    async previewOrder({ db, actor, params: { id }, body, request }) {
      return edge.previewOrder(db, await standing(db, actor, id, request.ip), id, body.request)
    },
    async placeOrder({ db, actor, params, body, request }) {
      const by = await standing(db, actor, params.id, request.ip)
      return edge.placeOrder(db, by, { ...body, lineId: params.id })
    },
    async getOrder({ db, actor, params: { id }, request }) {
      const order = await orderOf(db, id)
      await requireLook(db, room, actor, order.lineId, 'orders', request.ip)
      return order
    },
    async undoOrder({ db, actor, params: { id }, request }) {
      const { lineId } = await orderOf(db, id)
      return edge.undoOrder(db, await standing(db, actor, lineId, request.ip), id)
    },
    async listOrders({ db, actor, params: { id }, query, request }) {
      await requireLook(db, room, actor, id, 'orders', request.ip)
      return edge.listOrders(db, id, query)
    },
    async listOrdersToApprove({ db, query }) {
      return edge.listOrdersToApprove(db, query)
    },
    async decideOrder({ db, actor, params: { id }, body }) {
      // Not by a look at the line: whoever decides needs the order and its reason, not the person.
      return edge.decideOrder(db, byOfLooker(room, actor, { role: null }), id, body.approve)
    },
  }
}
