import type { z } from 'zod'

/** A kind of work: its name in the database and what it is given. */
export interface Job<S extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly payload: S
}

export interface JobContext {
  /** 1 = the first time. */
  readonly attempt: number
  /** No further attempt follows if this one fails. */
  readonly last: boolean
}

/** A kind of work together with who does it. */
export interface Worker {
  readonly name: string
  run(payload: unknown, context: JobContext): Promise<void>
}

export function defineJob<S extends z.ZodType>(name: string, payload: S): Job<S> {
  return { name, payload }
}

/** Binds a kind of work to its doer; a payload that does not fit fails the job. */
export function work<S extends z.ZodType>(
  job: Job<S>,
  run: (payload: z.output<S>, context: JobContext) => Promise<void>,
): Worker {
  return { name: job.name, run: async (payload, context) => run(job.payload.parse(payload), context) }
}
