import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aMarketRoom, type MarketRoom } from '../../../test/factories/market.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { one, rows, sql } from '../../platform/database/index.ts'
import { countSetAside, forgetSetAside } from '../../platform/jobs/index.ts'
import { expireLots, listMyLots, tellSellers } from './index.ts'

const MINUTE_MS = 60_000
let database: TestDatabase
let room: MarketRoom
/** Of whom nothing can be told. */
let unheard: string | undefined
let defects: unknown[]
const onDefect = (error: unknown) => void defects.push(error)

beforeAll(async () => {
  database = await createTestDatabase()
  room = await aMarketRoom(database, undefined, undefined, async (_, event) => {
    if (event.kind === 'market-happened' && event.happenings.some(({ lineId }) => lineId === unheard))
      throw new Error('no timeline for +79001234567')
  })
})
beforeEach(() => {
  defects = []
  unheard = undefined
})
afterAll(() => database.drop())

const statesOf = async (lineId: string) =>
  (await listMyLots(database.db, room.market, lineId, { limit: 300 })).items.map(({ state }) => state)
const aside = () => countSetAside(database.db, room.clock.now())

test('a line whose lots cannot be given back holds up no others, however many it has, and is tried again later and later', async () => {
  const { db } = database
  const [broken, sound] = [await room.aLine({ kopecks: 300_000 }), await room.aLine({ kopecks: 300_000 })]
  await room.setRules({ lotDays: 3 })
  await room.list(broken)
  room.clock.advance(MINUTE_MS)
  await room.list(sound)
  const { cashId } = await one(
    db,
    sql<{ cashId: string }>`select cash_id as "cashId" from lines.line where id = ${broken}`,
  )
  const columns = sql.raw(
    `line_id, seller_id, type, units, price_kopecks, seller_name, moods, house, bucket_id, digest, listed_at, ends_at`,
  )
  await rows(
    db,
    sql`insert into market.lot (id, ${columns})
      select gen_random_uuid(), ${columns} from market.lot cross join generate_series(1, 250) where line_id = ${broken}`,
  )
  await rows(db, sql`update lines.line set cash_id = gen_random_uuid() where id = ${broken}`)
  room.clock.advance(3 * 86_400_000)
  for (let n = 0; n < 3; n++) await expireLots(db, room.market, onDefect)
  expect(await statesOf(sound)).toEqual(['expired'])
  expect(defects).toHaveLength(1)
  expect(await aside()).toEqual([{ work: 'lots', count: 1 }])

  for (const minutes of [5, 10, 20, 40, 60, 60]) {
    defects = []
    room.clock.advance((minutes - 1) * MINUTE_MS)
    expect(await expireLots(db, room.market, onDefect)).toBe(0)
    room.clock.advance(MINUTE_MS)
    expect(await expireLots(db, room.market, onDefect)).toBe(1)
    expect(defects).toHaveLength(1)
  }
  await rows(db, sql`update lines.line set cash_id = ${cashId} where id = ${broken}`)
  await rows(
    db,
    sql`update market.lot set ends_at = ends_at + interval '1 year' where line_id = ${broken} and id <> (
      select id from market.lot where line_id = ${broken} order by id limit 1)`,
  )
  room.clock.advance(60 * MINUTE_MS)
  defects = []
  expect(await expireLots(db, room.market, onDefect)).toBe(1)
  expect(defects).toEqual([])
  expect(await statesOf(broken)).toContain('expired')
  room.clock.advance(2 * MINUTE_MS)
  expect(await aside()).toEqual([])
  room.clock.advance(60 * MINUTE_MS)
  expect(await forgetSetAside(db, room.clock)).toBe(1)
})

test('a sale that cannot be told holds up no others, and is told once it can be', async () => {
  const { db } = database
  const [unlucky, lucky] = [await room.aLine(), await room.aLine()]
  const buyer = await room.aLine({ kopecks: 400_000 })
  await room.buy(buyer, [await room.list(unlucky), await room.list(lucky)])
  unheard = unlucky
  room.events.length = 0
  await tellSellers(db, room.market, onDefect)
  const told = () =>
    room.events.flatMap((event) =>
      event.kind === 'market-happened' ? event.happenings.map(({ lineId }) => lineId) : [],
    )
  expect(told().filter((lineId) => lineId === lucky).length).toBeGreaterThan(0)
  expect(defects).toHaveLength(1)
  expect(await tellSellers(db, room.market, onDefect)).toBe(0)
  const [row] = await rows(
    db,
    sql<{ reason: string }>`select reason from platform.set_aside where work = 'sales' and id = ${unlucky}`,
  )
  expect(row?.reason).toBe('no timeline for [number]')

  unheard = undefined
  room.events.length = 0
  room.clock.advance(5 * MINUTE_MS)
  await tellSellers(db, room.market, onDefect)
  expect(told()).toEqual([unlucky])
})
