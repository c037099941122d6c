import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { eraseWords, type LineStretch } from './kept-orders.ts'

/**
 * Destroys what we keep of orders given to the other side in somebody's words or about somebody, within the stretches of lines that were
 * theirs: reasons of the staff, others' numbers, the model of a phone, the name of who asked. What was ordered, through which door and how
 * it ended stays, and what has not ended is asked about as before, for the other side knows it by its id. Before lanes are locked. Gives
 * how many orders.
 */
export function eraseRemoteOrders(
  tx: Executor,
  { clock }: { readonly clock: Clock },
  stretches: readonly LineStretch[],
): Promise<number> {
  return stretches.length === 0 ? Promise.resolve(0) : eraseWords(tx, stretches, clock.now())
}
