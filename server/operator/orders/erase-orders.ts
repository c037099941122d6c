import type { Executor } from '../../platform/database/index.ts'
import type { HeldLine } from '../lines/index.ts'
import type { OrdersContext } from './orders-context.ts'
import { eraseWords } from './store.ts'

/**
 * Destroys what orders say in somebody's words or about somebody, within the time that the lines were theirs: reasons of the staff and of
 * whoever decided, others' numbers, the model of a phone, the name of who asked. What was ordered, through which door and when stays, and
 * so does the consent to a paid subscription, which is a proof. Gives how many orders.
 */
export function eraseOrders(
  tx: Executor,
  { clock }: Pick<OrdersContext, 'clock'>,
  held: readonly HeldLine[],
): Promise<number> {
  return held.length === 0 ? Promise.resolve(0) : eraseWords(tx, held, clock.now())
}
