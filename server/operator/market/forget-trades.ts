import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { type Batches, inBatches } from '../../platform/jobs/index.ts'
import { deleteRaises } from './store/raises.ts'
import { deletePairs } from './store/traders.ts'

const DAY_MS = 86_400_000
/** Limits look at the day, the console at a week; deals themselves stay. */
const PAIRS_KEPT_MS = 30 * DAY_MS
/** A lot is on sale for 90 days at most: a repeat that comes later finds it gone, and the ledger would know the payment by its name. */
const RAISES_KEPT_MS = 120 * DAY_MS

/**
 * Forgets who dealt with whom on days that nobody asks for any more, and raises that ended long ago, some at a time. Gives how many. For an
 * hourly job.
 */
export async function forgetTrades(db: Executor, { now }: Clock, batches?: Batches): Promise<number> {
  const ago = (ms: number) => new Date(now().getTime() - ms)
  const pairs = await inBatches((limit) => deletePairs(db, ago(PAIRS_KEPT_MS), limit), batches)
  const raises = await inBatches((limit) => deleteRaises(db, ago(RAISES_KEPT_MS), limit), batches)
  return pairs + raises
}
