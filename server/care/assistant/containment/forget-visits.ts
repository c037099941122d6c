import type { Clock } from '../../../platform/clock.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { type Batches, inBatches } from '../../../platform/jobs/index.ts'
import { dayMs } from './definition.ts'
import { dayOf, morningOf } from './operators-day.ts'
import { deleteVisits } from './visit-store.ts'

/** As long as the traffic of flows: a year can be compared with the one before. */
const KEPT_DAYS = 760

/**
 * Forgets visits of days that nobody compares with any more, whole days of the operator's, some at a time: what a day that is still there
 * counts is what it always did. Gives how many. For an hourly job.
 */
export function forgetVisits(db: Executor, { now }: Clock, batches?: Batches): Promise<number> {
  const before = morningOf(dayOf(new Date(now().getTime() - dayMs(KEPT_DAYS))))
  return inBatches((limit) => deleteVisits(db, before, limit), batches)
}
