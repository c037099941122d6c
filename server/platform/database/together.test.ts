import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import {
  afterCommit,
  type Db,
  type Executor,
  followedBy,
  inTransaction,
  one,
  rows,
  sql,
  together,
} from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
  await rows(database.db, sql`create table kept_together (n int primary key)`)
})
afterAll(() => database.drop())

const keep = (tx: Executor, n: number) => rows(tx, sql`insert into kept_together values (${n})`)
const count = async (tx: Executor) =>
  (await one(tx, sql<{ n: number }>`select count(*)::int as n from kept_together where n > ${0}`)).n

describe('statements that travel together', () => {
  test('run in the order in which they were begun, each seeing what those before it did', async () => {
    const counted = await inTransaction(database.db, (tx) =>
      together(tx, (flight) => [
        count(flight),
        keep(flight, 1),
        count(flight),
        keep(flight, 2),
        count(flight),
      ]),
    )
    expect([counted[0], counted[2], counted[4]]).toEqual([0, 1, 2])
  })

  test('are told as the first failure, and undone with their transaction', async () => {
    const failing = inTransaction(database.db, (tx) =>
      together(tx, (flight) => [keep(flight, 10), keep(flight, 1), keep(flight, 11)]),
    )
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(await count(database.db)).toBe(2)
  })

  test('may ask again after their own answers, and what follows them waits for all', async () => {
    const twice = async (flight: Executor) => [await count(flight), await count(flight)]
    await inTransaction(database.db, async (tx) => {
      const [counts] = await together(tx, (flight) => [twice(flight), keep(flight, 20)])
      expect(counts).toEqual([2, 3])
      expect(await count(tx)).toBe(3)
    })
  })

  test('collect what follows the commit of their transaction', async () => {
    let done = 0
    await inTransaction(database.db, async (tx) => {
      await together(tx, (flight) => {
        afterCommit(flight, () => done++)
        return [count(flight)]
      })
      expect(done).toBe(0)
    })
    expect(done).toBe(1)
  })

  test('begin no transaction of their own', async () => {
    const inner = inTransaction(database.db, (tx) =>
      together(tx, (flight) => [inTransaction(flight, () => count(flight))]),
    )
    await expect(inner).rejects.toThrow('share the transaction')
  })
})

function later<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

describe('a statement with what follows it on its connection', () => {
  const pid = async (db: Executor) =>
    (await one(db, sql<{ pid: number }>`select pg_backend_pid() as pid where ${0} = 0`)).pid

  test('is answered while that goes on, which sees what it did', async () => {
    const goOn = later<void>()
    const counted = later<number>()
    const next = (connection: Db) =>
      inTransaction(connection, async (tx) => {
        counted.resolve(await count(tx))
        await goOn.promise
        await keep(tx, 31)
      })
    const before = await count(database.db)
    await followedBy(database.db, (connection) => keep(connection, 30), next)
    expect(await counted.promise).toBe(before + 1)
    expect(await count(database.db)).toBe(before + 1)
    goOn.resolve()
    await expect.poll(() => count(database.db)).toBe(before + 2)
  })

  test('shares one connection with it, which is given back when both have ended', async () => {
    const pids: number[] = []
    for (let n = 0; n < 30; n++) {
      const ended = later<void>()
      const first = await followedBy(database.db, pid, async (connection) => {
        pids.push(await inTransaction(connection, pid))
        ended.resolve()
      })
      await ended.promise
      expect(pids.at(-1)).toBe(first)
    }
  })

  test('that fails is told as its failure, and what follows goes on', async () => {
    const counted = later<number>()
    const failing = followedBy(
      database.db,
      (connection) => keep(connection, 30),
      async (connection) => {
        await keep(connection, 32)
        counted.resolve(await count(connection))
      },
    )
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    expect(await counted.promise).toBe(await count(database.db))
  })

  test('takes no harm from a transaction behind it that is rolled back', async () => {
    const undone = later<unknown>()
    await followedBy(
      database.db,
      (connection) => keep(connection, 33),
      async (connection) => {
        const work = inTransaction(connection, async (tx) => {
          await keep(tx, 34)
          throw new Error('not after all')
        })
        undone.resolve(await work.catch((error: unknown) => error))
      },
    )
    expect(await undone.promise).toMatchObject({ message: 'not after all' })
    const kept = await rows(
      database.db,
      sql<{ n: number }>`select n from kept_together where n in (${33}, ${34})`,
    )
    expect(kept).toEqual([{ n: 33 }])
  })
})
