import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { selectSystemSum, sumQueue } from './store.ts'

const BATCH = 10_000

/**
 * Sums what moved on system accounts since: the work of a job, done batch by batch until less than a batch waits. Gives how many
 * entries it summed. Several nodes may do it side by side: each takes what no other has in hand.
 */
export async function rollUp(db: Executor, clock: Clock): Promise<number> {
  let summed = 0
  for (;;) {
    const taken = await sumQueue(db, BATCH, clock.now())
    summed += taken
    if (taken < BATCH) return summed
  }
}

/**
 * What stands on a system account now, to the last committed entry, whether rolled up or not. Exact up to 2^53, beyond that (bytes of
 * a large network) the nearest double.
 */
export function sumSystemAccount(db: Executor, accountId: string): Promise<number> {
  return selectSystemSum(db, accountId)
}
