import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MARKET_UNIT } from '../../../contracts/market.ts'
import { aRef } from '../../../test/factories/lines.ts'
import { aMarketRoom, type MarketRoom } from '../../../test/factories/market.ts'
import { aTariff } from '../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { rows, sql } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { audit } from '../ledger/index.ts'
import { blockLine, changeTariff, endLine, reportUsage, unblockLine } from '../lines/index.ts'
import {
  changeLot,
  freezeLot,
  listLot,
  raiseLot,
  returnLot,
  reverseDeal,
  rollUpBook,
  withdrawLot,
} from './index.ts'

const HOUR = 3_600_000
const LINES = 4
const offerings = [
  aTariff({ feeKopecks: 9_000, period: '30-days' }),
  aTariff({
    code: 'small',
    feeKopecks: 4_000,
    carriesOver: false,
    packages: [{ type: 'data', amount: 12 * 1024 ** 3 }],
  }),
]

const line = fc.nat(LINES - 1)
const lot = fc.nat(9)
const as = <const T extends string>(...names: T[]) => fc.constantFrom(...names)
const rouble = fc.integer({ min: 15, max: 30 })
/** What may happen at the same time, and how often. */
const happenings = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({ do: as('list'), line, units: fc.integer({ min: 1, max: 9 }), rouble }),
  },
  {
    weight: 20,
    arbitrary: fc.record({ do: as('buy'), line, lots: fc.uniqueArray(lot, { minLength: 1, maxLength: 3 }) }),
  },
  { weight: 8, arbitrary: fc.record({ do: as('withdraw', 'raise', 'freeze', 'return'), lot }) },
  { weight: 6, arbitrary: fc.record({ do: as('price'), lot, rouble }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: as('reverse'), lot, share: fc.integer({ min: 1, max: 100 }) }),
  },
  { weight: 4, arbitrary: fc.record({ do: as('expire', 'rate') }) },
  { weight: 6, arbitrary: fc.record({ do: as('block', 'unblock', 'tariff', 'use'), line }) },
  { weight: 1, arbitrary: fc.record({ do: as('end'), line }) },
)
type Happening = typeof happenings extends fc.Arbitrary<infer H> ? H : never

const hours = fc.array(
  fc.record({
    // Mostly soon enough to find what was listed before still on sale.
    hours: fc.oneof({ weight: 3, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(300) }),
    at: fc.array(happenings, { minLength: 1, maxLength: 10 }),
  }),
  { minLength: 1, maxLength: 4 },
)

/** A database with its own time, on which one story after the other happens. Several stand side by side: what a story waits for is mostly an answer. */
interface World {
  readonly database: TestDatabase
  readonly room: MarketRoom
  /** Every so many announcements the transaction breaks off after everything was written, as if the process had been killed; 0 = never. */
  readonly breaks: { every: number }
}

async function aWorld(): Promise<World> {
  const breaks = { every: 0 }
  let told = 0
  const database = await createTestDatabase({ max: 12 })
  const room = await aMarketRoom(database, offerings, undefined, async () => {
    if (breaks.every > 0 && ++told % breaks.every === 0) throw new Error('killed')
  })
  await room.setRules({ lotDays: 6, boughtDays: 12 })
  return { database, room, breaks }
}

const WORLDS = 3
let worlds: readonly World[] = []
beforeAll(async () => {
  worlds = await Promise.all(Array.from({ length: WORLDS }, aWorld))
})
afterAll(() => Promise.all(worlds.map(({ database }) => database.drop())))

/** Refusals are expected, and so is the killing; anything else is a defect. */
const expected = (error: unknown) =>
  error instanceof Refusal || (error instanceof Error && error.message === 'killed')

interface Stage {
  readonly lines: readonly string[]
  /** Lots in the order in which they were asked for, there or not. */
  readonly lots: string[]
}

const noted = async () => undefined

async function happen({ database, room }: World, { lines, lots }: Stage, what: Happening): Promise<unknown> {
  const { db } = database
  const fragile = room.market
  const lineId = 'line' in what ? (lines[what.line] ?? '') : ''
  const lotId = 'lot' in what ? (lots[what.lot % Math.max(1, lots.length)] ?? randomUUID()) : ''
  switch (what.do) {
    case 'list': {
      const id = randomUUID()
      lots.push(id)
      const { units, rouble } = what
      return listLot(db, fragile, {
        id,
        lineId,
        type: 'data',
        units,
        priceKopecks: units * rouble * 100,
        moods: [],
        sellerName: null,
      })
    }
    case 'buy': {
      const ids = [...new Set(what.lots.map((n) => lots[n % Math.max(1, lots.length)] ?? randomUUID()))]
      const seen = await rows(
        db,
        sql<{ id: string; version: number; priceKopecks: number }>`
          select id, version, price_kopecks as "priceKopecks" from market.lot where id = any(${ids}::uuid[])`,
      )
      return seen.length === 0 ? undefined : room.buy(lineId, seen)
    }
    case 'withdraw':
      return withdrawLot(db, fragile, lotId)
    case 'raise':
      return raiseLot(db, fragile, { id: randomUUID(), lotId, kopecks: 500 })
    case 'freeze':
      return freezeLot(db, fragile, { id: lotId, frozen: lotId < '8', reason: 'Проба', by: 'Ирина' }, noted)
    case 'return':
      return returnLot(db, fragile, lotId, noted)
    case 'price': {
      const [seen] = await rows(
        db,
        sql<{ version: number; units: number }>`select version, units from market.lot where id = ${lotId}`,
      )
      if (!seen) return undefined
      return changeLot(db, fragile, {
        id: lotId,
        version: seen.version,
        priceKopecks: seen.units * what.rouble * 100,
      })
    }
    case 'reverse': {
      const [deal] = await rows(
        db,
        sql<{ id: string; lineId: string; price: number }>`
          select id, buyer_line_id as "lineId", price_kopecks as price from market.deal where lot_id = ${lotId}`,
      )
      if (!deal) return undefined
      const amountKopecks = Math.ceil((deal.price * what.share) / 100)
      return room.begun((tx) =>
        reverseDeal(tx, fragile, { lineId: deal.lineId, ref: randomUUID(), dealId: deal.id, amountKopecks }),
      )
    }
    case 'expire':
      return room.expire()
    case 'rate':
      return room.rate()
    case 'block':
      return room.begun((tx) => blockLine(tx, room.lines, { lineId, ref: aRef(), reason: 'voluntary' }))
    case 'unblock':
      return room.begun((tx) => unblockLine(tx, room.lines, { lineId, ref: aRef() }))
    case 'tariff':
      return room.begun((tx) =>
        changeTariff(tx, room.lines, {
          lineId,
          ref: aRef(),
          code: aRef().endsWith('3') ? 'a-tariff' : 'small',
          when: 'now',
        }),
      )
    case 'use':
      return use({ database, room }, lineId)
    case 'end':
      return room.begun((tx) => endLine(tx, room.lines, { lineId, ref: aRef() }))
  }
}

/** Two and a half gigabytes, which wait to be settled. */
async function use({ database, room }: Pick<World, 'database' | 'room'>, lineId: string): Promise<unknown> {
  const { msisdn } = await room.see(lineId)
  const at = room.clock.now().toISOString()
  const amount = 2.5 * 1024 ** 3
  return reportUsage(database.db, room.lines, [{ name: randomUUID(), msisdn, type: 'data', amount, at }])
}

/** Every unit of a story is where it must be, and each lot has one end. Asks for the story's own alone: thousands share the database. */
async function requireSound({ database }: World, lines: readonly string[]): Promise<void> {
  const wrong = await rows(
    database.db,
    sql`
      with held as (
        select h.line_id, h.type, a.balance from lines.hold h join ledger.account a on a.id = h.account_id
        where h.line_id = any(${[...lines]}::uuid[])),
      lots as (
        select line_id, type, sum(units * case type when 'data' then ${MARKET_UNIT.data}::bigint when 'voice' then 60 else 1 end) as volume
        from market.lot where line_id = any(${[...lines]}::uuid[]) and state = 'active' group by 1, 2)
      select 'held is not what is on sale' as what, line_id from held full join lots using (line_id, type)
        where coalesce(held.balance, 0) <> coalesce(lots.volume, 0)
      union all
      select 'sold without a deal, or a deal without a sale', l.line_id from market.lot l
        left join market.deal d on d.lot_id = l.id
        where l.line_id = any(${[...lines]}::uuid[]) and (l.state = 'sold') is distinct from (d.id is not null)
      union all
      select 'a balance is not what its entries say', owner_id from ledger.account a
        where owner_id = any(${[...lines]}::uuid[])
          and balance <> coalesce((select sum(amount) from ledger.entry e where e.account_id = a.id), 0)
      union all
      select 'money moved otherwise than the bill says', n.id from lines.line n join ledger.account a on a.id = n.cash_id
        where n.id = any(${[...lines]}::uuid[])
          and a.balance <> coalesce((select sum(kopecks) from lines.charge c where c.line_id = n.id), 0)
      union all
      select 'below nothing', owner_id from ledger.account where owner_id = any(${[...lines]}::uuid[]) and balance < 0
      union all
      select 'volume in no bucket and on no hold', a.owner_id from ledger.account a
        left join lines.bucket b on b.id = a.id and not b.ended left join lines.hold h on h.account_id = a.id
        where a.owner_id = any(${[...lines]}::uuid[]) and a.unit <> 'kopecks' and a.balance > 0 and b.id is null and h.line_id is null`,
  )
  expect(wrong).toEqual([])
}

/** The sums of the book are what is in it. */
async function requireBook({ database }: World): Promise<void> {
  await rollUpBook(database.db)
  const unlike = await rows(
    database.db,
    sql`select * from (select type, units, price_kopecks, lots from market.level where lots <> 0) v
      full join (select type, units, price_kopecks, count(*) as lots from market.lot where state = 'active' and not frozen group by 1, 2, 3) l
        using (type, units, price_kopecks) where v.lots is distinct from l.lots`,
  )
  expect(unlike).toEqual([])
}

/** Once their days are over, or their lines are, no lots are on sale any more. */
async function requireEnds(
  { database, room }: World,
  lines: readonly string[],
  byTime: boolean,
): Promise<void> {
  if (byTime) {
    room.clock.advance(40 * 24 * HOUR)
    await room.rate()
    await room.expire()
  }
  const active = () =>
    rows(
      database.db,
      sql`select id from market.lot where line_id = any(${[...lines]}::uuid[]) and state = 'active'`,
    )
  if (byTime) expect(await active()).toEqual([])
  // What has ended falls due no more: the next story does not age the lines of all before it.
  const end = (lineId: string) => room.begun((tx) => endLine(tx, room.lines, { lineId, ref: aRef() }))
  await Promise.all(lines.map((lineId) => end(lineId).catch(ignoreRefusal)))
  expect(await active()).toEqual([])
}

/** A line that has ended in the story itself. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}

/** One story after the other on one world, and what all of them together came to. */
async function tellStories(world: World, numRuns: number): Promise<void> {
  const { database, room, breaks } = world
  await fc.assert(
    fc.asyncProperty(hours, fc.integer({ min: 4, max: 12 }), fc.boolean(), async (story, every, byTime) => {
      const lines = await Promise.all(
        [15_000, 60_000, 60_000, 200_000].map((kopecks) => room.aLine({ kopecks })),
      )
      const stage: Stage = { lines, lots: [] }
      breaks.every = every
      for (const { hours: later, at } of story) {
        room.clock.advance(later * HOUR)
        const done = await Promise.allSettled(at.map((what) => happen(world, stage, what)))
        const defects = done.flatMap((one) =>
          one.status === 'rejected' && !expected(one.reason) ? [one.reason] : [],
        )
        expect(defects).toEqual([])
      }
      breaks.every = 0
      await requireSound(world, lines)
      await requireEnds(world, lines, byTime)
      await requireSound(world, lines)
    }),
    { numRuns, endOnFailure: true },
  )
  await requireBook(world)
  expect((await audit(database.db)).sound).toBe(true)
  // Each deal is of a lot that was sold: asked of all at once.
  const strange = sql`select d.id from market.deal d left join market.lot l on l.id = d.lot_id where l.state is distinct from 'sold'`
  expect(await rows(database.db, strange)).toEqual([])
}

test('selling, buying, re-pricing, withdrawing, freezing, expiring, taking back, blocks, tariffs and periods in any interleaving conserve every unit', async () => {
  const runs = Number(process.env.MARKET_RUNS ?? 60)
  await Promise.all(worlds.map((world) => tellStories(world, Math.ceil(runs / WORLDS))))
}, 600_000)
