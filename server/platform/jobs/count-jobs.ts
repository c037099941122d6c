import { type Executor, one, sql } from '../database/index.ts'

export interface JobCounts {
  /** Due and not yet taken up. */
  readonly due: number
  /** Used up their attempts. */
  readonly dead: number
}

/** How the queue stands. Finished jobs are gone, so the table holds only what waits, runs or died. */
export async function countJobs(db: Executor): Promise<JobCounts> {
  return one(
    db,
    sql<JobCounts>`
      select count(*) filter (where attempts < max_attempts and run_at <= now() and locked_at is null) as due,
        count(*) filter (where attempts >= max_attempts and locked_at is null) as dead
      from graphile_worker.jobs`,
  )
}
