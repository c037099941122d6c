import type { Clock } from '../../platform/clock.ts'
import { type Executor, rows, sql } from '../../platform/database/index.ts'
import { deleteExpiredSessions } from './session-store.ts'

/** Forgets sessions that expired, and counts of tries that no longer hold anybody back. For an hourly job. Gives how many sessions. */
export async function forgetEnded(db: Executor, clock: Clock): Promise<number> {
  await rows(db, sql`delete from platform.rate_limit where expire < ${clock.now().getTime()}`)
  return deleteExpiredSessions(db, clock.now())
}
