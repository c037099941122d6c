import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { connectPool, databaseProblem, inTransaction, listen, notify, one, rows, sql } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('a notice arrives when its transaction commits, and not when it is undone', async () => {
  const heard: string[] = []
  const listener = await listen(database.connectionString, 'news', (payload) => heard.push(payload))
  const undone = inTransaction(database.db, async (tx) => {
    await notify(tx, 'news', 'undone')
    throw new Error('no')
  })
  await expect(undone).rejects.toThrow('no')
  await inTransaction(database.db, (tx) => notify(tx, 'news', 'привет'))
  await expect.poll(() => heard).toEqual(['привет'])
  await listener.close()
})

test('a lost connection comes back and tells that notices may be missing', async () => {
  const heard: string[] = []
  let gaps = 0
  const options = { minPauseMs: 5, onGap: () => gaps++ }
  const listener = await listen(database.connectionString, 'news', (payload) => heard.push(payload), options)
  await rows(
    database.db,
    sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await expect.poll(() => gaps).toBe(1)
  await expect.poll(() => notify(database.db, 'news', 'back').then(() => heard.length)).toBeGreaterThan(0)
  await listener.close()
})

test('a database that is away is told from a mistake in a statement', async () => {
  const away = connectPool({
    connectionString: 'postgresql://postgres@/x?host=/nowhere',
    max: 1,
    applicationName: 'test',
  })
  expect(databaseProblem(await one(away.db, sql`select 1`).catch((error) => error))).toBe('away')
  await away.close()
  expect(
    databaseProblem(await one(database.db, sql`select nonsense`).catch((error) => error)),
  ).toBeUndefined()
  const ended = one(database.db, sql`select pg_terminate_backend(pg_backend_pid())`).catch((error) => error)
  expect(databaseProblem(await ended)).toBe('away')
  expect(databaseProblem(Object.assign(new Error('could not extend file'), { code: '53100' }))).toBe('full')
})

test('a connection that breaks in the middle of a transaction fails that transaction and nothing else', async () => {
  const broken = inTransaction(database.db, async (tx) => {
    const { pid } = await one(tx, sql<{ pid: number }>`select pg_backend_pid() as pid`)
    await rows(database.db, sql`select pg_terminate_backend(${pid})`)
    await expect
      .poll(() => rows(database.db, sql`select from pg_stat_activity where pid = ${pid}`))
      .toEqual([])
    await one(tx, sql`select 1`)
  })
  expect(databaseProblem(await broken.catch((error) => error))).toBe('away')
  expect(await rows(database.db, sql`select 1 as n`)).toEqual([{ n: 1 }])
})
