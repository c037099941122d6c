import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { afterCommit, type Executor, inTransaction, maybeOne, one, rows, sql } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('reading rows', () => {
  test('all rows come in order', async () => {
    expect(await rows<{ n: number }>(database.db, sql`select generate_series(1, 3) as n`)).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ])
  })

  test('one row is demanded, one or none is allowed, several never', async () => {
    const none = sql<{ n: number }>`select 1 as n where false`
    const two = sql<{ n: number }>`select generate_series(1, 2) as n`
    await expect(one(database.db, none)).rejects.toThrow('exactly one')
    expect(await maybeOne(database.db, none)).toBeUndefined()
    await expect(maybeOne(database.db, two)).rejects.toThrow('at most one')
  })
})

describe('values', () => {
  test('int8 is a number, and one that a number cannot hold is refused', async () => {
    const safe = sql<{
      n: number
      list: number[]
    }>`select ${9_007_199_254_740_991}::int8 as n, '{1,-2,NULL}'::int8[] as list`
    expect(await one(database.db, safe)).toEqual({ n: 9_007_199_254_740_991, list: [1, -2, null] })
    await expect(one(database.db, sql`select 9007199254740993::int8 as n`)).rejects.toThrow('does not fit')
  })

  test('an instant is a Date, a day is text, the session is in UTC', async () => {
    const instant = sql`select '2026-03-01 03:00+03'::timestamptz as at, '2026-03-01'::date as day, current_setting('timezone') as zone`
    expect(await one(database.db, instant)).toEqual({
      at: new Date('2026-03-01T00:00:00Z'),
      day: '2026-03-01',
      zone: 'UTC',
    })
  })

  test('a statement with parameters is prepared once a connection', async () => {
    await inTransaction(database.db, async (tx) => {
      for (const n of [1, 2, 3]) await one(tx, sql`select ${n}::int as counted_here`)
      const prepared = sql<{ times: number }>`
        select generic_plans + custom_plans as times from pg_prepared_statements where statement like '%counted_here%'`
      expect(await one(tx, prepared)).toEqual({ times: 3 })
    })
  })
})

describe('a transaction', () => {
  test('that does not begin takes its connection with it, so that nothing of it is done by itself', async () => {
    await database.db.connection().execute(async (connection) => {
      await rows(connection, sql`begin`)
      await expect(rows(connection, sql`select 1 / 0`)).rejects.toThrow('division by zero')
      // PostgreSQL refuses to begin within one that has failed.
      await rows(connection, sql`begin`)
      await expect(rows(connection, sql`select 1 as n`)).rejects.toThrow()
      await expect(rows(connection, sql`rollback`)).rejects.toThrow()
    })
    expect(await rows(database.db, sql`select 1 as n`)).toEqual([{ n: 1 }])
  })

  test('is undone when its work throws', async () => {
    await rows(database.db, sql`create table kept (n int)`)
    const work = inTransaction(database.db, async (tx) => {
      await rows(tx, sql`insert into kept values (1)`)
      throw new Error('no')
    })
    await expect(work).rejects.toThrow('no')
    expect(await rows(database.db, sql`select n from kept`)).toEqual([])
  })

  /** Two transactions that take the same two locks the other way round, both holding their first before either wants its second. */
  async function crossed(work: (n: number, tries: number) => void): Promise<PromiseSettledResult<void>[]> {
    const holds: (() => void)[] = []
    const held = [0, 1].map((n) => new Promise<void>((resolve) => (holds[n] = resolve)))
    const tries = [0, 0]
    const lock = (tx: Executor, n: number) => rows(tx, sql`update crossed set n = n where id = ${n}`)
    return Promise.allSettled(
      [0, 1].map((n) =>
        inTransaction(database.db, async (tx) => {
          tries[n] = (tries[n] ?? 0) + 1
          await lock(tx, n)
          holds[n]?.()
          await held[1 - n]
          await lock(tx, 1 - n)
          await rows(tx, sql`update crossed set n = n + 1 where id = ${n}`)
          afterCommit(tx, () => work(n, tries[n] ?? 0))
        }),
      ),
    )
  }

  test('that lost a deadlock is run once more, and tells of itself once', async () => {
    await rows(database.db, sql`create table crossed (id int primary key, n int)`)
    await rows(database.db, sql`insert into crossed values (0, 0), (1, 0)`)
    const told: { n: number; tries: number }[] = []
    const settled = await crossed((n, tries) => void told.push({ n, tries }))
    expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled'])
    expect(told.map(({ n }) => n).sort()).toEqual([0, 1])
    expect(told.map(({ tries }) => tries).sort()).toEqual([1, 2])
    expect(await rows(database.db, sql`select n from crossed`)).toEqual([{ n: 1 }, { n: 1 }])
  })

  test('that loses again, or fails otherwise, fails', async () => {
    const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' })
    let tries = 0
    const loses = inTransaction(database.db, async () => {
      tries += 1
      throw deadlock
    })
    await expect(loses).rejects.toBe(deadlock)
    expect(tries).toBe(2)
  })
})
