import type { Order } from '../../../contracts/orders.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import { changeOrder, lockOrder } from './store.ts'

/** Takes an order back while it waits, for its time or for somebody's word. Repeating it changes nothing. Refuses with `not_found`, `not_undoable` (it was carried out, or is being). */
export function undoOrder(db: Db, { clock, announce }: OrdersContext, orderId: string): Promise<Order> {
  return inTransaction(db, async (tx) => {
    const { state, carryOutAt, request } = found(await lockOrder(tx, orderId), 'order')
    const isOpen = state === 'waiting' || (state === 'pending' && request.kind === 'share-line')
    const waits = isOpen && carryOutAt !== null && carryOutAt > clock.now()
    if (!waits && state !== 'undone') throw new Refusal('not_undoable', { state })
    const order = presentOrder(await changeOrder(tx, { id: orderId, state: 'undone' }))
    if (waits) await announce(tx, { kind: 'order-changed', order })
    return order
  })
}
