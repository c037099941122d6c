import { Logger, parseCronItems, type Runner, run, type TaskList } from 'graphile-worker'
import { type Connected, connectPool } from '../database/index.ts'
import type { Log } from '../telemetry/index.ts'
import type { Worker } from './job.ts'

export interface JobsOptions {
  readonly connectionString: string
  readonly log: Log
  readonly workers: readonly Worker[]
  /** Work that recurs: on one node only, whichever comes first. `cron` has five fields, in UTC. Missed times are not made up. */
  readonly periodic?: readonly { readonly worker: Worker; readonly cron: string }[]
  /** Jobs at a time; default 4. */
  readonly concurrency?: number
  /** No other process works on this database: what is in somebody's hand was left there by one that was killed. Default false. */
  readonly alone?: boolean
  /** How often to look for due jobs, in milliseconds; new ones are noticed at once. Default 1000. */
  readonly pollMs?: number
}

export interface Jobs {
  /** Starts to work. Rejects when the database is away; later absences are waited out. */
  start(): Promise<void>
  /** Takes up nothing new and waits for what is under way. */
  stop(): Promise<void>
  /** Its connections, to be watched; undefined while it does not work. */
  pool(): Connected['pool'] | undefined
}

/** The runner of one process, on connections of its own: a pool that requests have used up must not stop the work. */
export function createJobs(options: JobsOptions): Jobs {
  const { connectionString, log, workers, periodic = [], concurrency = 4, pollMs = 1000 } = options
  const { alone = false } = options
  let running: { runner: Runner; pool: Connected['pool']; close(): Promise<void> } | undefined

  const taskList: TaskList = Object.fromEntries(
    [...workers, ...periodic.map(({ worker }) => worker)].map((worker) => [
      worker.name,
      (payload, { job }) =>
        worker.run(payload, { attempt: job.attempts, last: job.attempts >= job.max_attempts }),
    ]),
  )
  const crons = periodic.map(({ worker, cron }) => ({
    task: worker.name,
    match: cron,
    identifier: worker.name,
  }))

  return {
    async start() {
      const { pool, close } = connectPool({
        connectionString,
        max: concurrency + 2,
        applicationName: 'otklik jobs',
        onIdleError: (error) => log.warn({ err: error }, 'jobs: connection lost'),
      })
      try {
        if (alone) await takeFromTheDead(pool)
        const runner = await run({
          pgPool: pool,
          concurrency,
          pollInterval: pollMs,
          noHandleSignals: true,
          taskList,
          parsedCronItems: parseCronItems(crons),
          // Its own words would hold payloads and unmasked errors.
          logger: new Logger(() => () => undefined),
        })
        running = { runner, pool, close }
        tellFailures(runner, log)
      } catch (error) {
        await close()
        throw error
      }
    },
    async stop() {
      const { runner, close } = running ?? {}
      running = undefined
      await runner?.stop()
      await close?.()
    },
    pool: () => running?.pool,
  }
}

/** The library would wait for four hours: it cannot know that nobody comes back for them. */
async function takeFromTheDead(pool: Connected['pool']): Promise<void> {
  await pool.query(`select graphile_worker.force_unlock_workers(array(
    select locked_by from graphile_worker._private_jobs where locked_by is not null
    union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`)
}

/** One line a failure; the payload stays where it is. */
function tellFailures(runner: Runner, log: Log): void {
  runner.events.on('job:error', ({ job, error }) => {
    const told = { err: error, job: job.task_identifier, attempt: job.attempts, of: job.max_attempts }
    if (job.attempts >= job.max_attempts) log.error(told, 'job died')
    else log.warn(told, 'job failed')
  })
  runner.events.on('pool:listen:error', ({ error }) => log.warn({ err: error }, 'jobs: not listening'))
  runner.promise.catch((error: unknown) => log.fatal({ err: error }, 'jobs ended'))
}
