import type { z } from 'zod'
import { type Executor, rows, sql } from '../database/index.ts'
import type { Job } from './job.ts'

export interface AddOptions {
  /** Not before; default at once. */
  readonly runAt?: Date
  /** Jobs of one queue run one after another, in order. */
  readonly queue?: string
  /** A waiting job of the same key is replaced instead of a second one being added. */
  readonly key?: string
  /** Default 12: the last attempt comes after about three days. */
  readonly maxAttempts?: number
}

const MAX_ATTEMPTS = 12

/** Leaves a job in the caller's transaction. */
export async function addJob<S extends z.ZodType>(
  tx: Executor,
  { name }: Job<S>,
  payload: z.input<S>,
  { runAt, queue, key, maxAttempts = MAX_ATTEMPTS }: AddOptions = {},
): Promise<void> {
  await rows(
    tx,
    sql`select graphile_worker.add_job(${name}::text, ${JSON.stringify(payload)}::json, queue_name => ${queue ?? null}::text,
      run_at => ${runAt ?? null}::timestamptz, job_key => ${key ?? null}::text, max_attempts => ${maxAttempts}::int)`,
  )
}
