import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { type Executor, inTransaction, one, rows, sql } from '../database/index.ts'
import { digestOf, eraseAnswers, forgetOldKeys, onceByKey } from './index.ts'

const NOW = new Date('2026-11-24T09:00:00Z')
const clock = { now: () => NOW }
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(() => rows(database.db, sql`delete from platform.idempotency_key`))

const answered = (actor: string, key: string, answer: unknown) =>
  inTransaction(database.db, (tx) =>
    onceByKey(tx, clock, { actor, operation: 'act', key, digest: digestOf(key) }, async () => answer),
  )

/** Answers of a month, to the staff and to people. */
const filled = async (many: number) => {
  await rows(
    database.db,
    sql`insert into platform.idempotency_key (actor, operation, key, digest, answer, created_at)
      select case n % 4 when 0 then 'agent:' else 'subscriber:' end || n % 500, 'act', n::text, '\\x00',
        jsonb_build_object('id', gen_random_uuid(), 'items', jsonb_build_array(jsonb_build_object('contactPointId', gen_random_uuid()))), ${NOW}
      from generate_series(1, ${many}::int) n`,
  )
  await rows(database.db, sql`analyze platform.idempotency_key`)
}

/** How often the table was read from its beginning by this connection. */
const wholeReads = async (tx: Executor) => {
  const { reads } = await one(
    tx,
    sql<{
      reads: number
    }>`select pg_stat_get_xact_numscans('platform.idempotency_key'::regclass)::int as reads`,
  )
  return reads
}

test('answers that mention a person or were given to them are destroyed, and not all of a month is read for it', async () => {
  const [contactPoint, conversation, other] = [randomUUID(), randomUUID(), randomUUID()]
  await filled(20_000)
  await answered('agent:anna', 'deep', { items: [{ url: `/api/v1/conversations/${conversation}/entries` }] })
  await answered('service:crm', 'plain', { id: contactPoint })
  await answered('agent:anna', 'other', { id: other })
  await answered('subscriber:person', 'own', { ok: true })
  await answered('subscriber:another', 'own', { ok: true })
  await inTransaction(database.db, async (tx) => {
    const whom = { ids: [contactPoint, conversation], actors: ['subscriber:person', 'visitor:person'] }
    const before = await wholeReads(tx)
    expect(await eraseAnswers(tx, whom)).toBe(3)
    expect(await wholeReads(tx)).toBe(before)
    expect(await eraseAnswers(tx, whom)).toBe(0)
  })
  await expect(answered('service:crm', 'plain', {})).rejects.toMatchObject({ code: 'erased' })
  await expect(answered('subscriber:person', 'own', {})).rejects.toMatchObject({ code: 'erased' })
  expect(await answered('agent:anna', 'other', {})).toEqual({ id: other })
  expect(await answered('subscriber:another', 'own', {})).toEqual({ ok: true })
})

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
