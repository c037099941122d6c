import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { inTransaction, rows, sql } from '../database/index.ts'
import { createLog } from '../telemetry/index.ts'
import {
  addJob,
  countJobs,
  createJobs,
  defineJob,
  forgetRows,
  inTurn,
  type Jobs,
  type JobsOptions,
  type Worker,
  work,
} from './index.ts'

const greet = defineJob('greet', z.object({ name: z.string() }))

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const started: Jobs[] = []
afterEach(async () => {
  for (const jobs of started.splice(0)) await jobs.stop()
})

const start = (...workers: Worker[]) => startWith({ workers })
const startAlone = (...workers: Worker[]) => startWith({ workers, alone: true })

async function startWith(how: Pick<JobsOptions, 'workers' | 'alone'>): Promise<string[]> {
  const lines: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } })
  const jobs = createJobs({ connectionString: database.connectionString, log, pollMs: 50, ...how })
  started.push(jobs)
  await jobs.start()
  return lines
}

describe('a job', () => {
  test('runs when its transaction has committed, never when that rolled back', async () => {
    const greeted: string[] = []
    await start(work(greet, async ({ name }) => void greeted.push(name)))
    await inTransaction(database.db, async (tx) => {
      await addJob(tx, greet, { name: 'undone' })
      throw new Error('no')
    }).catch(() => undefined)
    await inTransaction(database.db, (tx) => addJob(tx, greet, { name: 'Anna' }))
    await vi.waitUntil(() => greeted.length > 0)
    expect(greeted).toEqual(['Anna'])
  })

  test('of the same key replaces the one that waits', async () => {
    await addJob(database.db, greet, { name: 'first' }, { key: 'k' })
    await addJob(database.db, greet, { name: 'second' }, { key: 'k' })
    const greeted: string[] = []
    await start(work(greet, async ({ name }) => void greeted.push(name)))
    await vi.waitUntil(() => greeted.length > 0)
    expect(greeted).toEqual(['second'])
  })

  test('that a killed process had in hand is taken up at the next start, where no other could have it', async () => {
    const greeted: string[] = []
    const doer = work(greet, async ({ name }) => void greeted.push(name))
    const inHand = async (name: string) => {
      await addJob(database.db, greet, { name })
      await database.pool.query(
        `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'killed', attempts = 1`,
      )
    }
    await inHand('a colleague’s')
    await start(doer)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(greeted).toEqual([])
    await started.pop()?.stop()
    await startAlone(doer)
    await vi.waitUntil(() => greeted.length > 0)
    expect(greeted).toEqual(['a colleague’s'])
  })

  test('that fails is told once an attempt, without its payload, and counted when dead', async () => {
    const fail = defineJob('fail', z.object({ msisdn: z.string() }))
    const lines = await start(
      work(fail, async (_, { last }) => {
        throw new Error(`no route to +79001234567, last: ${last}`)
      }),
    )
    await addJob(database.db, fail, { msisdn: '79001234567' }, { maxAttempts: 1 })
    await vi.waitUntil(async () => (await countJobs(database.db)).dead === 1)
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'error',
      msg: 'job died',
      job: 'fail',
      attempt: 1,
      of: 1,
    })
    expect(lines[0]).toContain('last: true')
    expect(lines[0]).not.toContain('9001234567')
  })

  test('whose end could not be noted runs again, and the runner goes on', async () => {
    let [done, runs] = [() => {}, 0]
    const slow = defineJob('slow', z.object({}))
    const lines = await start(
      work(slow, async () => {
        runs++
        if (runs === 1) await new Promise<void>((resolve) => (done = resolve))
      }),
    )
    await addJob(database.db, slow, {})
    await vi.waitUntil(() => runs === 1)
    // Jobs cannot be deleted for a moment, as when the database goes away right then.
    await database.pool.query(`
      create function no_end() returns trigger language plpgsql as $$ begin raise 'not now' using errcode = '57P01'; end $$;
      create trigger no_end before delete on graphile_worker._private_jobs for each row execute function no_end()`)
    done()
    await vi.waitUntil(() => lines.some((line) => line.includes('could not note an end')))
    await database.pool.query(`drop function no_end cascade`)
    await vi.waitUntil(() => runs === 2, { timeout: 30_000 })
    await vi.waitUntil(async () => {
      const left = await database.pool.query(
        'select from graphile_worker._private_jobs where attempts < max_attempts',
      )
      return left.rowCount === 0
    })
    expect(lines.some((line) => line.includes('begin anew'))).toBe(true)
  })

  test('under way is finished before the runner stops', async () => {
    let [begun, done] = [false, false]
    const slow = defineJob('slow', z.object({}))
    await start(
      work(slow, async () => {
        begun = true
        await new Promise((resolve) => setTimeout(resolve, 100))
        done = true
      }),
    )
    await addJob(database.db, slow, {})
    await vi.waitUntil(() => begun)
    await started.splice(0)[0]?.stop()
    expect(done).toBe(true)
  })
})

test('rows that nobody needs go some at a time, the oldest first, and none that somebody holds', async () => {
  const { db } = database
  await rows(
    db,
    sql`create table aged as select n, now() - n * interval '1 day' as at from generate_series(1, 10) n`,
  )
  const left = async () => {
    const found = await rows(db, sql<{ n: number }>`select n from aged order by n`)
    return found.map(({ n }) => n)
  }
  const old = { from: sql`aged`, which: sql`at < now() - interval '90 hours'`, oldestBy: sql`at` }
  expect(await forgetRows(db, old, { atOnce: 2, most: 2 })).toBe(4)
  expect(await left()).toEqual([1, 2, 3, 4, 5, 6])
  await inTransaction(db, async (tx) => {
    await rows(tx, sql`select from aged where n = 5 for update`)
    expect(await forgetRows(db, old, { atOnce: 2 })).toBe(2)
  })
  expect(await left()).toEqual([1, 2, 3, 5])
})

test('of steps in turn every one is done, whichever fails, and what failed is thrown', async () => {
  const done: string[] = []
  const step = (name: string) => async () => void done.push(name)
  const broken = (why: string) => async () => {
    throw new Error(why)
  }
  await expect(inTurn([step('one'), broken('no'), step('two')])).rejects.toThrow('no')
  expect(done).toEqual(['one', 'two'])
  await expect(inTurn([broken('a'), broken('b'), step('three')])).rejects.toMatchObject({
    errors: [{ message: 'a' }, { message: 'b' }],
  })
  expect(done.at(-1)).toBe('three')
  await inTurn([])
})
