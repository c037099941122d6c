import type { Order, OrderEffect } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { By, OrderAsk } from '../edge/index.ts'
import { newOrder } from './new-order.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import { insertOrder } from './store.ts'

/**
 * Keeps as an order what was done before anybody asked for it here: money that was paid in elsewhere. For whoever does it in this
 * transaction and has looked at who may. Refuses with `idempotency_key_reused` where there is an order of that id.
 */
export async function recordDone(
  tx: Executor,
  { clock, announce }: Pick<OrdersContext, 'clock' | 'announce'>,
  by: By,
  ask: OrderAsk,
  effects: OrderEffect[],
): Promise<Order> {
  const now = clock.now()
  const row = newOrder(by, ask, effects, {
    state: 'done',
    placedAt: now,
    carryOutAt: null,
    carriedOutAt: now,
  })
  if (!(await insertOrder(tx, row))) throw new Refusal('idempotency_key_reused', { id: ask.id })
  const order = presentOrder(row)
  await announce(tx, { kind: 'order-changed', order })
  return order
}
