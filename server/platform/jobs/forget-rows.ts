import { countChanged, type Executor, type RawSql, sql } from '../database/index.ts'
import { type Batches, inBatches } from './in-batches.ts'

/** Rows of a table that nobody needs any more. */
export interface OldRows {
  readonly from: RawSql
  readonly which: RawSql
  /** Along an index: what comes first goes first. */
  readonly oldestBy: RawSql
}

/**
 * Deletes them some at a time, each statement a short one: a single one that found a backlog would run into its time-out, each time anew. What
 * somebody else holds is left for the next run. Gives how many.
 */
export const forgetRows = (
  db: Executor,
  { from, which, oldestBy }: OldRows,
  batches?: Batches,
): Promise<number> =>
  inBatches(
    (limit) =>
      countChanged(
        db,
        sql`delete from ${from} where ctid = any(array(
          select ctid from ${from} where ${which} order by ${oldestBy} limit ${limit} for update skip locked))`,
      ),
    batches,
  )
