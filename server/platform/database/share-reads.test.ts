import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { type Executor, inTransaction, rows, shareReads, sql } from './index.ts'

let database: TestDatabase
let asked: string[][]
beforeAll(async () => {
  database = await createTestDatabase()
  await rows(database.db, sql`create table shared_number (name text primary key, value int not null)`)
})
beforeEach(async () => {
  asked = []
  await rows(database.db, sql`truncate shared_number`)
  await rows(database.db, sql`insert into shared_number values ('one', 1), ('two', 2), ('three', 3)`)
})
afterAll(() => database.drop())

const read = () =>
  shareReads(async (db: Executor, names) => {
    asked.push([...names])
    const found = await rows(
      db,
      sql<{
        name: string
        value: number
      }>`select name, value from shared_number where name = any(${[...names]}::text[])`,
    )
    return new Map(found.map(({ name, value }) => [name, value]))
  })
const change = (value: number) =>
  rows(database.db, sql`update shared_number set value = ${value} where name = 'one'`)

test('who comes at the same time shares a statement, and each gets what they asked for', async () => {
  const look = read()
  const names = ['one', 'two', 'nobody', 'one', 'three']
  expect(await Promise.all(names.map((name) => look(database.db, name)))).toEqual([1, 2, undefined, 1, 3])
  expect(asked).toEqual([['one', 'two', 'nobody', 'three']])
})

test('what was committed before one asks is seen, whatever is under way', async () => {
  const look = read()
  for (let value = 10; value < 60; value++) {
    const others = Array.from({ length: 8 }, () => look(database.db, 'one'))
    await change(value)
    expect(await look(database.db, 'one')).toBe(value)
    await Promise.all(others)
  }
})

test('a transaction sees what it has written, and nobody else does', async () => {
  const look = read()
  await inTransaction(database.db, async (tx) => {
    await rows(tx, sql`update shared_number set value = 7 where name = 'one'`)
    expect(await Promise.all([look(tx, 'one'), look(database.db, 'one')])).toEqual([7, 1])
  })
})

test('what cannot be read fails for those alone who asked for it', async () => {
  const look = shareReads(async (_db: Executor, names) => {
    if (names.includes('broken')) throw new Error('cannot be read')
    return new Map(names.map((name) => [name, name.length]))
  })
  const results = await Promise.allSettled(['one', 'broken', 'three'].map((name) => look(database.db, name)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})

test('a database that is away is asked once, not once a reader', async () => {
  let times = 0
  const look = shareReads(async () => {
    times++
    throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' })
  })
  const results = await Promise.allSettled(['one', 'two'].map((name) => look(database.db, name)))
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(times).toBe(1)
})
