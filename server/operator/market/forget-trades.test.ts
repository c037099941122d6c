import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { rows, sql } from '../../platform/database/index.ts'
import { forgetTrades } from './index.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('who dealt with whom is forgotten after a month, raises once no lot of theirs can be on sale, all that is due some at a time', async () => {
  const { db } = database
  await rows(
    db,
    sql`insert into market.pair (seller_id, buyer_id, day, deals, kopecks)
      select gen_random_uuid(), gen_random_uuid(), day, 1, 100 from unnest(array['2026-10-24', '2026-10-23', '2026-10-25', '2026-11-24']::date[]) as day`,
  )
  await rows(
    db,
    sql`insert into market.raise (id, lot_id, kopecks, at, until)
      select gen_random_uuid(), gen_random_uuid(), 100, at, at + interval '1 day'
      from unnest(array['2026-07-24', '2026-07-25', '2026-07-26T10:00Z']::timestamptz[]) as at`,
  )
  const clock = { now: () => new Date('2026-11-24T09:00:00Z') }
  expect(await forgetTrades(db, clock, { atOnce: 1 })).toBe(4)
  expect(await rows(db, sql`select day::text from market.pair order by day`)).toEqual([
    { day: '2026-10-25' },
    { day: '2026-11-24' },
  ])
  expect(await rows(db, sql`select from market.raise`)).toHaveLength(1)
})

test('what is old is found along indexes, however much is not', async () => {
  const { db } = database
  await rows(
    db,
    sql`insert into market.pair (seller_id, buyer_id, day, deals, kopecks)
      select gen_random_uuid(), gen_random_uuid(), '2026-11-01', 1, 100 from generate_series(1, 20000)`,
  )
  await rows(
    db,
    sql`insert into market.raise (id, lot_id, kopecks, at, until)
      select gen_random_uuid(), gen_random_uuid(), 100, '2026-11-01', '2026-11-02' from generate_series(1, 20000)`,
  )
  await rows(db, sql`analyze market.pair, market.raise`)
  for (const [table, column] of [
    ['pair', 'day'],
    ['raise', 'until'],
  ] as const) {
    const plan = await rows(
      db,
      sql`explain select * from market.${sql.raw(table)} where ${sql.raw(column)} < '2026-10-01' order by ${sql.raw(column)} limit 5000`,
    )
    expect(JSON.stringify(plan)).toMatch(/Index/)
  }
})
