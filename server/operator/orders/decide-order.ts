import type { Order } from '../../../contracts/orders.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { By } from '../edge/index.ts'
import { carryOut, endsLater } from './kinds/kinds.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import { changeOrder, lockOrder, type OrderRow } from './store.ts'

/** Who placed it, as it was then: the limits were theirs, the approval lifts them. */
const placedBy = ({ byKind, byId, byName, byThrough }: OrderRow): By => ({
  kind: byKind,
  id: byId,
  name: byName,
  through: byThrough,
  trust: 4,
  lineRole: null,
  fresh: true,
  roles: [],
})

/**
 * A second pair of eyes: approves an order, which is then carried out or begun at once, or declines it; `words` say why.
 * Refuses with `not_found`, `forbidden` (one's own order), `conflict` (decided already), `order_refused` (it cannot be done any more).
 */
export function decideOrder(
  db: Db,
  context: OrdersContext,
  by: By,
  orderId: string,
  approve: boolean,
  words: string | null = null,
): Promise<Order> {
  return inTransaction(db, async (tx) => {
    const row = found(await lockOrder(tx, orderId), 'order')
    if (row.state !== 'approval') throw new Refusal('conflict', { state: row.state })
    if (by.id === null || row.byId === by.id) throw new Refusal('forbidden', { own: true })
    const now = context.clock.now()
    const decided = {
      id: orderId,
      decidedById: by.id,
      decidedByName: by.name,
      decidedAt: now,
      decidedWords: words,
    }
    if (approve) {
      await carryOut(tx, context, { lineId: row.lineId, ref: orderId, by: placedBy(row) }, row.request)
    }
    const changed = await changeOrder(
      tx,
      !approve
        ? { ...decided, state: 'declined' }
        : endsLater(row.request)
          ? { ...decided, state: 'pending' }
          : { ...decided, state: 'done', carriedOutAt: now },
    )
    const order = presentOrder(changed)
    await context.announce(tx, { kind: 'order-changed', order })
    return order
  })
}
