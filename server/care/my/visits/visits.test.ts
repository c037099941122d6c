import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MySection } from '../../../../contracts/my.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { type ManualClock, manualClock } from '../../../platform/clock.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { readVisits, rollUpVisits } from './read-visits.ts'
import { recordVisit } from './record-visit.ts'

const DAY = 86_400_000
let database: TestDatabase
let clock: ManualClock
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  clock = manualClock('2026-11-24T09:00:00Z')
  await rows(database.db, sql`delete from my.visit`)
  await rows(database.db, sql`delete from my.visit_day`)
})
afterAll(() => database.drop())

const someone = async (timeZone: string | null = null) => {
  const id = newId(clock)
  await rows(
    database.db,
    sql`insert into subscribers.subscriber (id, name, time_zone, created_at) values (${id}, 'Анна', ${timeZone}, ${clock.now()})`,
  )
  return {
    kind: 'subscriber',
    id,
    name: 'Анна',
    sessionId: '',
    partyId: null,
    freshUntil: null,
    trusted: true,
  } as const
}
const visit = (who: Awaited<ReturnType<typeof someone>>, section: MySection) =>
  recordVisit(database.db, { clock, timeZone: 'Europe/Moscow' }, who, section)
const read = (from: string, to: string) => readVisits(database.db, { clock }, { from, to })
const rollUp = () => rollUpVisits(database.db, { clock })

describe('visits', () => {
  test('are of the subscriber’s own day, the operator’s where theirs is not known', async () => {
    clock = manualClock('2026-11-24T21:30:00Z')
    await visit(await someone(), 'home')
    await visit(await someone('Asia/Vladivostok'), 'home')
    await visit(await someone('Europe/Kaliningrad'), 'home')
    const { days } = await read('2026-11-23', '2026-11-26')
    expect(days.map(({ day, active }) => [day, active])).toEqual([
      ['2026-11-24', 1],
      ['2026-11-25', 2],
    ])
  })

  test('give the same numbers before and after they are counted for good, and when they are counted twice', async () => {
    const [anna, boris] = [await someone(), await someone()]
    for (const day of [0, 1, 2]) {
      await visit(anna, 'home')
      await visit(anna, 'services')
      if (day !== 1) await visit(boris, 'home')
      clock.advance(DAY)
    }
    const before = await read('2026-11-24', '2026-11-26')
    expect(before).toMatchObject({ activeDays: 5, shares: { home: 1, services: 3 / 5, market: 0 } })
    expect(await rollUp()).toBe(2)
    expect(await rollUp()).toBe(0)
    const counted = await read('2026-11-24', '2026-11-26')
    expect(counted).toEqual(before)
    expect(counted.days.map(({ closed }) => closed)).toEqual([true, true, false])
  })

  test('of a day that is over change no more; their rows go after 35 days and the count stays', async () => {
    const anna = await someone()
    await visit(anna, 'home')
    clock.advance(2 * DAY)
    await rollUp()
    // A phone that says late what it did that day.
    await rows(
      database.db,
      sql`insert into my.visit (day, subscriber_id, section) values ('2026-11-24', ${(await someone()).id}, 'home')`,
    )
    expect(await read('2026-11-24', '2026-11-24')).toMatchObject({ activeDays: 1 })
    clock.advance(40 * DAY)
    await rollUpVisits(database.db, { clock }, { atOnce: 1, most: 1 })
    expect(await rows(database.db, sql`select from my.visit`)).toHaveLength(1)
    await rollUpVisits(database.db, { clock }, { atOnce: 1 })
    const { left } = await one(database.db, sql<{ left: number }>`select count(*)::int as left from my.visit`)
    expect(left).toBe(0)
    expect(await read('2026-11-24', '2026-11-24')).toMatchObject({ activeDays: 1 })
  })
})
