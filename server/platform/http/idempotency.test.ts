import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { inTransaction, rows, sql } from '../database/index.ts'
import { digestOf, forgetOldKeys, onceByKey } from './index.ts'

const NOW = new Date('2026-11-24T09:00:00Z')
const clock = { now: () => NOW }
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const answered = (actor: string, key: string, answer: unknown) =>
  inTransaction(database.db, (tx) =>
    onceByKey(tx, clock, { actor, operation: 'act', key, digest: digestOf(key) }, async () => answer),
  )

test('answers are forgotten after 30 days, a batch in a statement', async () => {
  for (const key of ['a', 'b', 'c', 'young']) await answered('agent:anna', key, {})
  const days = (n: number) => new Date(NOW.getTime() - n * 86_400_000)
  await rows(
    database.db,
    sql`update platform.idempotency_key set created_at = case key when 'young' then ${days(29)}::timestamptz else ${days(31)}::timestamptz end`,
  )
  expect(await forgetOldKeys(database.db, clock, { atOnce: 1, most: 2 })).toBe(2)
  expect(await forgetOldKeys(database.db, clock, { atOnce: 1 })).toBe(1)
  expect(await rows(database.db, sql`select key from platform.idempotency_key`)).toEqual([{ key: 'young' }])
})
