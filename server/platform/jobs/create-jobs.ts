import { EventEmitter, once } from 'node:events'
import { Logger, parseCronItems, run, type TaskList, type WorkerEvents } from 'graphile-worker'
import { type Connected, connectPool } from '../database/index.ts'
import { startRepeating } from '../repeat.ts'
import type { Log } from '../telemetry/index.ts'
import { inTurn } from './in-turn.ts'
import type { Worker } from './job.ts'
import { BEAT_MS, type Place, takePlace } from './nodes.ts'

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
  /** How often to tell other nodes that this one lives, in milliseconds. Who is silent for six times as long loses what it has in hand. */
  readonly beatMs?: number
}

export interface Jobs {
  /** Starts to work. Rejects when the database is away; later absences are waited out. */
  start(): Promise<void>
  /** Takes up nothing new and waits for what is under way. */
  stop(): Promise<void>
  /** Its connections, to be watched; undefined while it does not work. */
  pool(): Connected['pool'] | undefined
}

/** Who ended by itself begins anew after this long; longer each time, in milliseconds, while it cannot. */
const AGAIN = { baseMs: 1_000, maxMs: 30_000 }

/** The runner of one process, on connections of its own: a pool that requests have used up must not stop the work. */
export function createJobs(options: JobsOptions): Jobs {
  const { log } = options
  let session: Session | undefined
  let stop: (() => Promise<void>) | undefined

  const stay = async (signal: AbortSignal) => {
    const now = session ?? (await openSession(options))
    session = now
    await Promise.race([now.ended, signal.aborted || once(signal, 'abort')])
    if (!signal.aborted) log.error({ againMs: AGAIN.baseMs }, 'jobs ended by themselves and begin anew')
    session = undefined
    await now.close().catch((error: unknown) => log.warn({ err: error }, 'jobs did not end in order'))
  }
  return {
    async start() {
      session = await openSession(options)
      stop = startRepeating({
        work: stay,
        pauseMs: AGAIN.baseMs,
        retry: AGAIN,
        onFailure: async (error) => {
          log.error({ err: error }, 'jobs could not begin anew')
          return undefined
        },
      })
    },
    async stop() {
      await stop?.()
      stop = undefined
    },
    pool: () => session?.pool,
  }
}

/** One run of the library's runner. */
interface Session {
  readonly pool: Connected['pool']
  /** Resolves when it works no more, be it by itself. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

async function openSession(options: JobsOptions): Promise<Session> {
  const { connectionString, log, concurrency = 4, alone = false } = options
  const connected = connectPool({
    connectionString,
    max: concurrency + 2,
    applicationName: 'otklik jobs',
    onIdleError: (error) => log.warn({ err: error }, 'jobs: connection lost'),
  })
  try {
    if (alone) await takeFromTheDead(connected.pool)
    return await openRunner(options, connected)
  } catch (error) {
    await connected.close()
    throw error
  }
}

async function openRunner(options: JobsOptions, { db, pool, close }: Connected): Promise<Session> {
  const { log, concurrency = 4, pollMs = 1000, alone = false, beatMs = BEAT_MS } = options
  let place: Place | undefined
  const events: WorkerEvents = new EventEmitter()
  // Before it takes anything.
  events.on('pool:create', ({ workerPool: { id } }) => {
    if (!alone) place = takePlace(db, id, { beatMs, log })
  })
  tellFailures(events, log)
  const runner = await run({
    pgPool: pool,
    concurrency,
    pollInterval: pollMs,
    noHandleSignals: true,
    taskList: tasksOf(options),
    parsedCronItems: cronsOf(options),
    events,
    // The library asks before it takes a job. None has flags: what it waits for is that others know of this node.
    forbiddenFlags: async () => {
      await place?.known
      return null
    },
    // By default a job whose end could not be noted stays locked, and the process ends by a rejection that nobody hears.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    // Its own words would hold payloads and unmasked errors.
    logger: new Logger(() => () => undefined),
  })
  let isOver = false
  const ended = runner.promise
    .catch((error: unknown) => log.error({ err: error }, 'jobs ended'))
    .then(() => {
      isOver = true
    })
  const session: Session = {
    pool,
    ended,
    close: () =>
      inTurn([
        async () => isOver || runner.stop(),
        // What it could not note the end of is nobody's then.
        async () => place?.leave(),
        close,
      ]),
  }
  try {
    await place?.known
    return session
  } catch (error) {
    await runner.stop()
    throw error
  }
}

function tasksOf({ workers, periodic = [] }: JobsOptions): TaskList {
  return Object.fromEntries(
    [...workers, ...periodic.map(({ worker }) => worker)].map((worker) => [
      worker.name,
      (payload, { job }) =>
        worker.run(payload, { attempt: job.attempts, last: job.attempts >= job.max_attempts }),
    ]),
  )
}

const cronsOf = ({ periodic = [] }: JobsOptions) =>
  parseCronItems(
    periodic.map(({ worker, cron }) => ({ task: worker.name, match: cron, identifier: worker.name })),
  )

/** The library would wait for four hours: it cannot know that nobody comes back for them. */
async function takeFromTheDead(pool: Connected['pool']): Promise<void> {
  await pool.query(`select graphile_worker.force_unlock_workers(array(
    select locked_by from graphile_worker._private_jobs where locked_by is not null
    union select locked_by from graphile_worker._private_job_queues where locked_by is not null))`)
}

/** One line a failure; the payload stays where it is. */
function tellFailures(events: WorkerEvents, log: Log): void {
  events.on('job:error', ({ job, error }) => {
    const told = { err: error, job: job.task_identifier, attempt: job.attempts, of: job.max_attempts }
    if (job.attempts >= job.max_attempts) log.error(told, 'job died')
    else log.warn(told, 'job failed')
  })
  events.on('pool:listen:error', ({ error }) => log.warn({ err: error }, 'jobs: not listening'))
  events.on('pool:fatalError', ({ error }) => log.warn({ err: error }, 'jobs: could not note an end'))
}
