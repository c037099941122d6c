import type { Clock } from '../../platform/clock.ts'
import { type Executor, sql } from '../../platform/database/index.ts'
import { forgetRows } from '../../platform/jobs/index.ts'
import { deleteExpiredSessions } from './session-store.ts'

/** Forgets sessions that expired, and counts of tries that no longer hold anybody back. For an hourly job. Gives how many sessions. */
export async function forgetEnded(db: Executor, clock: Clock): Promise<number> {
  await forgetRows(db, {
    from: sql`platform.rate_limit`,
    which: sql`expire < ${clock.now().getTime()}`,
    oldestBy: sql`expire`,
  })
  return deleteExpiredSessions(db, clock.now())
}
