import type { Order } from '../../../contracts/orders.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { type By, requireMayUndo } from '../edge/index.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import { changeOrder, lockOrder } from './store.ts'

/**
 * Takes an order back while it waits, for its time or for somebody's word. Who did it stands on it.
 * Repeating it changes nothing. Refuses with `not_found`, `forbidden` (by role on the line), `not_undoable` (it was carried out, or is being).
 */
export function undoOrder(
  db: Db,
  { clock, announce }: OrdersContext,
  by: By,
  orderId: string,
): Promise<Order> {
  return inTransaction(db, async (tx) => {
    const { state, carryOutAt, request } = found(await lockOrder(tx, orderId), 'order')
    requireMayUndo(by, request.kind)
    const isOpen = state === 'waiting' || (state === 'pending' && request.kind === 'share-line')
    const waits = isOpen && carryOutAt !== null && carryOutAt > clock.now()
    if (!waits && state !== 'undone') throw new Refusal('not_undoable', { state })
    const undoneBy = { kind: by.kind, name: by.name, through: by.through }
    const order = presentOrder(
      await changeOrder(tx, { id: orderId, state: 'undone', ...(waits && { undoneBy }) }),
    )
    if (waits) await announce(tx, { kind: 'order-changed', order })
    return order
  })
}
