import type { Clock } from '../../../../platform/clock.ts'
import { type Db, inTransaction } from '../../../../platform/database/index.ts'
import { type Batches, inBatches } from '../../../../platform/jobs/index.ts'
import { countHours, deleteTraffic, lockMark, setMark } from './traffic-store.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** What committed late is found by counting the hour before once more. */
const AGAIN_MS = HOUR_MS
/** A year can be compared with the one before. */
const KEPT_MS = 760 * DAY_MS

export const hourOf = (at: Date): Date => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS)

/**
 * Counts how many went which way through the flows since the last time, a day of turns at a time at most; hours that are not over are
 * counted again. For a job of every few minutes: several nodes take turns.
 */
export async function countTraffic(db: Db, clock: Clock): Promise<void> {
  const now = clock.now()
  for (let behind = true; behind; ) {
    behind = await inTransaction(db, async (tx) => {
      const mark = (await lockMark(tx)) ?? new Date(now.getTime() - DAY_MS)
      const since = hourOf(new Date(mark.getTime() - AGAIN_MS))
      const until = new Date(Math.min(now.getTime(), since.getTime() + DAY_MS))
      await countHours(tx, since, until)
      await setMark(tx, until)
      return until < now
    })
  }
  await forgetTraffic(db, now)
}

/** Forgets what no period that can be asked for reaches, some at a time. Gives how many rows. */
export function forgetTraffic(db: Db, now: Date, batches?: Batches): Promise<number> {
  const before = new Date(now.getTime() - KEPT_MS)
  return inBatches((limit) => deleteTraffic(db, before, limit), batches)
}
