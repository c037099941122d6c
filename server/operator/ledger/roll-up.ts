import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { selectSystemSum, sumQueue } from './store.ts'

const BATCH = 10_000

/**
 * Sums what moved on system accounts since, at most 10,000 entries at a time; the work of a loop. Gives how many it summed. Several
 * nodes may do it side by side: each takes what no other has in hand.
 */
export function rollUp(db: Executor, clock: Clock): Promise<number> {
  return sumQueue(db, BATCH, clock.now())
}

/**
 * What stands on a system account now, to the last committed entry, whether rolled up or not. Exact up to 2^53, beyond that (bytes of
 * a large network) the nearest double.
 */
export function sumSystemAccount(db: Executor, accountId: string): Promise<number> {
  return selectSystemSum(db, accountId)
}
