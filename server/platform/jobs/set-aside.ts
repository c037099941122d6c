import type { Clock } from '../clock.ts'
import { countChanged, type Executor, one, type RawSql, rows, sql } from '../database/index.ts'
import { maskText } from '../telemetry/index.ts'
import { type Batches, inBatches } from './in-batches.ts'

/** What failed is tried again after so long at first, then twice as long each time, and at least every hour. */
const FIRST_MS = 5 * 60_000
const MOST_MS = 3_600_000
/** What was not set aside again in this time goes on, or is there no more. */
const KNOWN_MS = 3_600_000
/** What has just come up again is counted still, until it has been tried. */
const GRACE_MS = 60_000
const MOST_COUNTED = 1_000
const REASON_MAX = 500

/** Work of a kind that failed on something. */
export interface Failed {
  /** The kind: 'lots', 'sales' … */
  readonly work: string
  /** What it was done on. */
  readonly id: string
  readonly error: unknown
  readonly now: Date
}

/** Keeps why it failed, and gives when to try again: later each time in a row. */
export async function setAside(tx: Executor, { work, id, error, now }: Failed): Promise<Date> {
  const reason = maskText(error instanceof Error ? error.message : String(error)).slice(0, REASON_MAX)
  const { until } = await one(
    tx,
    sql<{ until: Date }>`
      insert into platform.set_aside as known (work, id, reason, tries, since, until)
      values (${work}, ${id}, ${reason}, 1, ${now}, ${new Date(now.getTime() + FIRST_MS)})
      on conflict (work, id) do update set reason = excluded.reason, tries = known.tries + 1,
        until = ${now}::timestamptz + least(${FIRST_MS} * power(2, least(known.tries, 20)), ${MOST_MS}) * interval '1 millisecond'
      returning until`,
  )
  return until
}

/** Condition of a claim: work of this kind is not set aside at an instant. */
export const notSetAside = (work: string, id: RawSql, now: Date): RawSql =>
  sql`not exists (select from platform.set_aside aside where aside.work = ${work} and aside.id = ${id} and aside.until > ${now})`

/** How many are set aside, by kind; of all of them up to 1000 are counted. */
export function countSetAside(db: Executor, now: Date): Promise<{ work: string; count: number }[]> {
  return rows(
    db,
    sql<{ work: string; count: number }>`
      select work, count(*) as count from (
        select work from platform.set_aside where until > ${new Date(now.getTime() - GRACE_MS)} limit ${MOST_COUNTED}) counted
      group by work`,
  )
}

/** Forgets what was set aside and has not failed since, some at a time. Gives how many. For an hourly job. */
export function forgetSetAside(db: Executor, { now }: Clock, batches?: Batches): Promise<number> {
  const before = new Date(now().getTime() - KNOWN_MS)
  return inBatches(
    (limit) =>
      countChanged(
        db,
        sql`delete from platform.set_aside s using (
            select work, id from platform.set_aside where until < ${before} order by until limit ${limit}) old
          where s.work = old.work and s.id = old.id`,
      ),
    batches,
  )
}
