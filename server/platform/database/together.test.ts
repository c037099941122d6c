import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { afterCommit, type Executor, inTransaction, one, rows, sql, together } from './index.ts'

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
