import type { Executor } from '../../platform/database/index.ts'
import { found } from '../../platform/refusal.ts'
import type { OrdersContext } from './orders-context.ts'
import { presentOrder } from './present-order.ts'
import { changeOrder, lockOrder, type OrderRow } from './store.ts'

export interface Settlement {
  readonly id: string
  readonly state: 'done' | 'refused' | 'unknown'
  readonly reason?: OrderRow['reason']
}

/**
 * How an order ended that others carry out, in the transaction that made it true. What is done stays done; whoever said `refused` or
 * `unknown` because nothing was heard may learn better. Refuses with `not_found`.
 */
export async function settleOrder(
  tx: Executor,
  context: OrdersContext,
  { id, state, reason = null }: Settlement,
): Promise<void> {
  const row = found(await lockOrder(tx, id), 'order')
  if (row.state === 'done' || row.state === state) return
  const now = context.clock.now()
  const changed = await changeOrder(tx, { id, state, reason, ...(state === 'done' && { carriedOutAt: now }) })
  await context.announce(tx, { kind: 'order-changed', order: presentOrder(changed) })
}
