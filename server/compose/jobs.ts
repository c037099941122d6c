import { type Runner, run } from 'graphile-worker'
import type pg from 'pg'
import { z } from 'zod'
import { forgetEnded } from '../care/staff/index.ts'
import { forgetEndedChallenges } from '../care/subscribers/index.ts'
import type { Timeline } from '../care/timeline/index.ts'
import type { Clock } from '../platform/clock.ts'
import { type Db, type Executor, rows, sql } from '../platform/database/index.ts'
import type { Files } from '../platform/files/index.ts'
import { forgetOldKeys } from '../platform/http/index.ts'
import type { Vault } from '../platform/vault/index.ts'
import type { HouseLog } from './house-log.ts'
import { sendCode } from './send-code.ts'

/** Work that follows a commit, with what each kind is given. */
const payloads = {
  'fetch-attachment': z.object({ attachmentId: z.uuid() }),
  'send-code': z.object({ sealed: z.string() }),
  hourly: z.object({}).loose(),
}
type Name = keyof typeof payloads

export interface HouseJobs {
  /** Leaves a job in the caller's transaction: it runs once that has committed, never if it rolls back. */
  add<N extends Name>(
    tx: Executor,
    name: N,
    payload: z.input<(typeof payloads)[N]>,
    options: { readonly key?: string; readonly maxAttempts: number },
  ): Promise<void>
  start(rooms: Rooms): Promise<void>
  stop(): Promise<void>
}

interface Rooms {
  readonly timeline: Timeline
  readonly vault: Vault
  readonly db: Db
  readonly files: Files
  readonly clock: Clock
}

const CONCURRENCY = 4
const POLL_MS = 1_000

export function createHouseJobs({
  pool,
  log,
}: {
  readonly pool: pg.Pool
  readonly log: HouseLog
}): HouseJobs {
  let runner: Runner | undefined
  return {
    add: async (tx, name, payload, { key, maxAttempts }) => {
      await rows(
        tx,
        sql`select graphile_worker.add_job(${name}, ${JSON.stringify(payload)}::json, max_attempts => ${maxAttempts}::int,
          job_key => ${key ?? null}::text)`,
      )
    },
    start: async ({ timeline, vault, db, files, clock }) => {
      runner = await run({
        pgPool: pool,
        concurrency: CONCURRENCY,
        pollInterval: POLL_MS,
        noHandleSignals: true,
        crontab: '7 * * * * hourly',
        taskList: {
          'fetch-attachment': async (payload, { job }) => {
            const { attachmentId } = payloads['fetch-attachment'].parse(payload)
            await timeline.fetchAttachment(attachmentId, job.attempts >= job.max_attempts)
          },
          'send-code': async (payload) =>
            sendCode(timeline.context.doors, vault, payloads['send-code'].parse(payload).sealed),
          hourly: async () => {
            await forgetOldKeys(db, clock)
            await files.sweepUnowned(db)
            await forgetEnded(db, clock)
            await forgetEndedChallenges(db, { clock })
          },
        },
      })
      runner.events.on('job:error', ({ job, error }) =>
        log.warn({ err: error, job: job.task_identifier, attempt: job.attempts }, 'job failed'),
      )
    },
    stop: async () => {
      await runner?.stop()
    },
  }
}
