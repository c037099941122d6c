import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { type Connected, connectPool, inTransaction, one, rows, sql, together } from './index.ts'

let database: TestDatabase
let alone: Connected
let described = 0

beforeAll(async () => {
  database = await createTestDatabase()
  alone = connectPool({ connectionString: database.connectionString, max: 1, applicationName: 'statements' })
  alone.pool.on('connect', (client) => {
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
    connection.on('rowDescription', () => described++)
  })
  await rows(
    alone.db,
    sql`create table thing (n bigint primary key, name text, at timestamptz, words text[])`,
  )
})
afterAll(async () => {
  await alone.close()
  await database.drop()
})

const AT = new Date('2026-11-26T12:00:00.000Z')
const keep = (n: number, name: string | null) =>
  rows(alone.db, sql`insert into thing values (${n}, ${name}, ${AT}, ${['раз', 'два, "три"']})`)
const things = (from: number) =>
  rows(
    alone.db,
    sql<{
      n: number
      name: string | null
    }>`select n, name, at, words from thing where n >= ${from} order by n`,
  )

describe('a statement that is run again', () => {
  test('gives rows of the same kind, and asks only once what they are like', async () => {
    await keep(1, 'первая')
    await keep(2, null)
    const expected = [
      { n: 1, name: 'первая', at: AT, words: ['раз', 'два, "три"'] },
      { n: 2, name: null, at: AT, words: ['раз', 'два, "три"'] },
    ]
    described = 0
    expect(await things(1)).toEqual(expected)
    expect(await things(1)).toEqual(expected)
    expect(await things(2)).toEqual(expected.slice(1))
    expect(await things(3)).toEqual([])
    expect(described).toBe(1)
  })

  test('gives rows of its own: what is done to one shows in no other', async () => {
    const [first] = await things(2)
    if (first) first.name = 'другая'
    expect(await things(2)).toMatchObject([{ name: null }])
  })

  test('is known by its text: beside others, in one trip, before any of them is answered', async () => {
    const ask = (n: number) => sql<{ n: number }>`select n from thing where n = ${n} and true`
    const [one1, two, none] = await inTransaction(alone.db, (tx) =>
      together(tx, (flight) => [rows(flight, ask(1)), rows(flight, ask(2)), rows(flight, ask(9))]),
    )
    expect([one1, two, none]).toEqual([[{ n: 1 }], [{ n: 2 }], []])
  })

  test('after one that failed, or whose value cannot be held, is none the worse', async () => {
    const large = (n: string) => one(alone.db, sql<{ n: number }>`select ${n}::int8 as n`)
    expect(await large('7')).toEqual({ n: 7 })
    await expect(large('9007199254740993')).rejects.toThrow('does not fit')
    await expect(large('nine')).rejects.toMatchObject({ code: '22P02' })
    expect(await large('8')).toEqual({ n: 8 })
    await expect(keep(1, 'вторая первая')).rejects.toMatchObject({ code: '23505' })
    await keep(4, 'четвёртая')
    expect(await things(4)).toMatchObject([{ n: 4 }])
  })

  test('tells from where it was sent if it fails', async () => {
    const sentFrom = async () => {
      await rows(alone.db, sql`select ${'x'}::int`)
    }
    await expect(sentFrom()).rejects.toMatchObject({ stack: expect.stringContaining('sentFrom') })
  })
})
