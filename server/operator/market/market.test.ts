import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MARKET_UNIT } from '../../../contracts/market.ts'
import { aRef } from '../../../test/factories/lines.ts'
import { aMarketRoom, type MarketRoom, ROOMY } from '../../../test/factories/market.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { one, sql } from '../../platform/database/index.ts'
import { audit, readBalances } from '../ledger/index.ts'
import {
  advanceLines,
  blockLine,
  changeTariff,
  giveRole,
  promisePayment,
  unblockLine,
} from '../lines/index.ts'
import {
  adviseSale,
  changeLot,
  createCounter,
  listDealsOfLine,
  listMyLots,
  quote,
  raiseLot,
  readBook,
  readHistory,
  readReceipt,
  readSellable,
  readTrader,
  rollUpHours,
  withdrawLot,
} from './index.ts'

const GB = MARKET_UNIT.data
let database: TestDatabase
let room: MarketRoom
beforeAll(async () => {
  database = await createTestDatabase()
  room = await aMarketRoom(database)
})
beforeEach(async () => {
  room.events.length = 0
  await room.setRules({})
})
afterAll(async () => {
  expect((await audit(database.db)).sound).toBe(true)
  await database.drop()
})

const refused = (reason: string) =>
  expect.objectContaining({
    code: 'market_refused',
    facts: expect.objectContaining({
      obstacles: expect.arrayContaining([expect.objectContaining({ reason })]),
    }),
  })
const dataOf = async (lineId: string) => {
  const { buckets, holds } = await room.see(lineId)
  const left = (source: string) =>
    buckets
      .filter((one) => one.type === 'data' && one.source === source && !one.ended)
      .reduce((sum, one) => sum + one.left, 0) / GB
  return {
    tariff: left('tariff'),
    bought: left('bought'),
    held: (holds.find(({ type }) => type === 'data')?.amount ?? 0) / GB,
  }
}
const lotsOf = async (lineId: string) =>
  (await listMyLots(database.db, room.market, lineId, { limit: 50 })).items

describe('listing', () => {
  test('takes the volume out of the package, where nobody can use it, and gives it back when the lot is withdrawn', async () => {
    const line = await room.aLine()
    const lot = await room.list(line)
    expect(lot).toMatchObject({ state: 'active', version: 1, units: 5, feeKopecks: 500 })
    expect(await dataOf(line)).toEqual({ tariff: 25, bought: 0, held: 5 })
    expect(await withdrawLot(database.db, room.market, lot.id)).toMatchObject({ state: 'withdrawn' })
    expect(await dataOf(line)).toEqual({ tariff: 30, bought: 0, held: 0 })
    expect(await withdrawLot(database.db, room.market, lot.id)).toMatchObject({ state: 'withdrawn' })
  })

  test('a repeat lists once; another lot under the same id is refused', async () => {
    const line = await room.aLine()
    const id = randomUUID()
    await Promise.all([room.list(line, { id }), room.list(line, { id })])
    expect(await dataOf(line)).toMatchObject({ held: 5 })
    await expect(room.list(line, { id, units: 6, priceKopecks: 12_000 })).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    })
  })

  test.each([
    ['units', { units: 121, priceKopecks: 300_000 }],
    ['price', { units: 5, priceKopecks: 7_499 }],
    ['price', { units: 5, priceKopecks: 25_001 }],
    ['not-enough', { units: 31, priceKopecks: 60_000 }],
  ] as const)('is refused for %s', async (reason, more) => {
    const line = await room.aLine()
    await expect(room.list(line, more)).rejects.toEqual(refused(reason))
    expect(await dataOf(line)).toEqual({ tariff: 30, bought: 0, held: 0 })
  })

  test('only the package of the period that is paid for may be sold: it says how much and why not the rest', async () => {
    const line = await room.aLine()
    const seller = await room.aLine()
    await room.buy(line, [await room.list(seller, { units: 3, priceKopecks: 6_000 })])
    await room.list(line, { units: 2, priceKopecks: 4_000 })
    const { types } = await readSellable(database.db, room.market, line)
    expect(types.find(({ type }) => type === 'data')).toMatchObject({
      units: 28,
      leftUnits: 31,
      onSaleUnits: 2,
      obstacles: [
        { reason: 'bought', units: 3 },
        { reason: 'on-sale', units: 2 },
      ],
    })
    const poor = await room.aLine({ kopecks: 0 })
    expect((await readSellable(database.db, room.market, poor)).types[0]).toMatchObject({
      units: 0,
      obstacles: [{ reason: 'fee-unpaid' }, { reason: 'no-package' }],
    })
  })

  test('a new number sells nothing, and no more lots than allowed are on sale at a time or listed in a day', async () => {
    const partyId = await room.aParty()
    const [line, other] = [await room.aLine({ partyId }), await room.aLine({ partyId })]
    await room.setRules({ quarantineDays: 7 })
    await expect(room.list(line)).rejects.toEqual(refused('quarantine'))
    const limits = {
      activeLots: 2,
      listingsPerDay: 3,
      dealsPerDay: 9,
      spentPerDayKopecks: 90_000,
      pairDealsPerDay: 9,
      pairKopecksPerDay: 90_000,
    }
    await room.setRules({ limits })
    const first = await room.list(line)
    await room.list(other)
    await expect(room.list(other)).rejects.toEqual(refused('lots'))
    await withdrawLot(database.db, room.market, first.id)
    await room.list(line)
    await expect(room.list(other)).rejects.toEqual(refused('listings-today'))
  })
})

describe('a deal', () => {
  test('moves money less the fee, and the volume into a bucket of its own that ends by itself and cannot be sold', async () => {
    const [seller, buyer] = [await room.aLine({ kopecks: 100_000 }), await room.aLine({ kopecks: 100_000 })]
    const lot = await room.list(seller)
    const { totalKopecks, deals } = await room.buy(buyer, [lot])
    expect(totalKopecks).toBe(10_000)
    expect(deals).toMatchObject([{ side: 'bought', priceKopecks: 10_000, feeKopecks: 0, units: 5 }])
    expect((await room.see(seller)).cash.balance).toBe(50_000 + 9_500)
    expect((await room.see(buyer)).cash.balance).toBe(50_000 - 10_000)
    expect(await dataOf(seller)).toEqual({ tariff: 25, bought: 0, held: 0 })
    expect(await dataOf(buyer)).toEqual({ tariff: 30, bought: 5, held: 0 })
    expect(await readReceipt(database.db, room.market, seller, deals[0]?.id ?? '')).toMatchObject({
      side: 'sold',
      feeKopecks: 500,
      otherName: null,
    })
    room.clock.advance(31 * 86_400_000)
    await room.rate()
    expect(await dataOf(buyer)).toMatchObject({ bought: 0 })
  })

  test('is of the version that was seen: a lot re-priced since is refused and shown as it stands', async () => {
    const [seller, buyer] = [await room.aLine(), await room.aLine()]
    const seen = await room.list(seller)
    const changed = await changeLot(database.db, room.market, {
      id: seen.id,
      version: 1,
      priceKopecks: 9_000,
    })
    expect(changed).toMatchObject({ version: 2, priceKopecks: 9_000 })
    await expect(room.buy(buyer, [seen])).rejects.toMatchObject({
      code: 'market_refused',
      facts: {
        obstacles: [{ reason: 'lot-changed' }],
        lots: [{ id: seen.id, version: 2, priceKopecks: 9_000 }],
      },
    })
    await room.buy(buyer, [changed])
    await expect(room.buy(await room.aLine(), [changed])).rejects.toEqual(refused('lot-gone'))
  })

  test('of parallel buyers of one lot exactly one gets it', async () => {
    const lot = await room.list(await room.aLine())
    const buyers = await Promise.all(Array.from({ length: 30 }, () => room.aLine()))
    const done = await Promise.allSettled(buyers.map((line) => room.buy(line, [lot])))
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const one of done) if (one.status === 'rejected') expect(one.reason).toEqual(refused('lot-gone'))
    const bought = await Promise.all(buyers.map(async (line) => (await dataOf(line)).bought))
    expect(bought.reduce((sum, one) => sum + one, 0)).toBe(5)
  })

  test('a repeat buys once, in parallel as well; another body under the same id is refused', async () => {
    const [seller, buyer] = [await room.aLine(), await room.aLine()]
    const [lot, other] = [await room.list(seller), await room.list(seller)]
    const id = randomUUID()
    const [a, b] = await Promise.all([room.buy(buyer, [lot], { id }), room.buy(buyer, [lot], { id })])
    expect(b).toEqual(a)
    expect(await room.buy(buyer, [lot], { id })).toEqual(a)
    await expect(room.buy(buyer, [other], { id })).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    expect(await dataOf(buyer)).toMatchObject({ bought: 5 })
  })

  test('several lots are bought together or not at all', async () => {
    const [seller, buyer] = [await room.aLine(), await room.aLine({ kopecks: 70_000 })]
    const lots = [await room.list(seller), await room.list(seller), await room.list(seller)]
    await expect(room.buy(buyer, lots)).rejects.toEqual(refused('balance'))
    const two = await room.buy(buyer, lots.slice(0, 2))
    expect(two.deals).toHaveLength(2)
    await expect(room.buy(await room.aLine(), lots)).rejects.toEqual(refused('lot-gone'))
    expect((await lotsOf(seller)).map(({ state }) => state).sort()).toEqual(['active', 'sold', 'sold'])
  })

  test('a kopeck too little is too little', async () => {
    const lot = await room.list(await room.aLine())
    const buyer = await room.aLine({ kopecks: 59_999 })
    await expect(room.buy(buyer, [lot])).rejects.toMatchObject({
      facts: { obstacles: [{ reason: 'balance', facts: { lackingKopecks: 1 } }] },
    })
    await room.pay(buyer, 1)
    await room.buy(buyer, [lot])
    expect((await room.see(buyer)).cash.balance).toBe(0)
  })

  test('nobody buys from themselves, over any number that they hold or use', async () => {
    const partyId = await room.aParty()
    const [mine, alsoMine, others] = [
      await room.aLine({ partyId }),
      await room.aLine({ partyId }),
      await room.aLine(),
    ]
    const lot = await room.list(mine)
    await expect(room.buy(mine, [lot])).rejects.toEqual(refused('own-lot'))
    await expect(room.buy(alsoMine, [lot])).rejects.toEqual(refused('own-lot'))
    await room.begun((tx) =>
      giveRole(tx, room.lines, { lineId: others, partyId, role: 'user', validTo: null }),
    )
    await expect(room.buy(others, [lot])).rejects.toEqual(refused('own-lot'))
  })

  test('is slowed and not banned for who acts like a machine', async () => {
    await room.setRules({ pace: { burst: 3, perMinute: 2, steadyActs: 6 } })
    const line = await room.aLine()
    for (let n = 0; n < 3; n++) await room.list(line, { units: 1, priceKopecks: 2_000 })
    await expect(room.list(line)).rejects.toMatchObject({
      code: 'rate_limited',
      facts: { retryAfterMs: 30_000 },
    })
    room.clock.advance(30_000)
    await room.list(line)
    await expect(room.list(line)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  test('acts that come by the clock are slowed sooner, the staff see why, and whoever acts by hand again is left alone', async () => {
    await room.setRules({ pace: { burst: 12, perMinute: 1, steadyActs: 4 } })
    const partyId = await room.aParty()
    const line = await room.aLine({ partyId })
    const listAfter = async (ms: number) => {
      room.clock.advance(ms)
      return room.list(line, { units: 1, priceKopecks: 2_000 })
    }
    for (let n = 0; n < 7; n++) await listAfter(60_000 + (n % 2) * 800)
    const { rhythm } = await readTrader(database.db, room.market, partyId)
    expect(rhythm).toEqual({ acts: 6, everyMs: 60_000, weight: 3 })
    await expect(
      (async () => {
        for (let n = 0; n < 9; n++) await listAfter(60_000)
      })(),
    ).rejects.toMatchObject({ code: 'rate_limited' })
    room.clock.advance(20 * 60_000)
    for (const ms of [61_700, 67_000, 90_400, 72_300, 141_000]) await listAfter(ms)
    expect(await readTrader(database.db, room.market, partyId)).toMatchObject({
      rhythm: null,
      slowedUntil: null,
    })
  })

  test('the same two people deal with each other only so much a day, whichever way', async () => {
    const limits = {
      activeLots: 99,
      listingsPerDay: 99,
      dealsPerDay: 99,
      spentPerDayKopecks: 900_000,
      pairDealsPerDay: 2,
      pairKopecksPerDay: 900_000,
    }
    await room.setRules({ limits })
    const [a, b] = [await room.aLine(), await room.aLine()]
    await room.buy(b, [await room.list(a)])
    await room.buy(a, [await room.list(b)])
    const third = await room.list(a)
    await expect(room.buy(b, [third])).rejects.toEqual(refused('pair'))
    await room.buy(await room.aLine(), [third])
    room.clock.advance(86_400_000)
    await room.buy(b, [await room.list(a)])
  })

  test('leaves what falls due on the lines as it was, or sooner for what was bought', async () => {
    // Enough for the next fee: else the warning of it falls due.
    const [seller, buyer] = [await room.aLine(), await room.aLine({ kopecks: 200_000 })]
    const dueOf = async (lineId: string) => {
      const query = sql<{ dueAt: Date }>`select due_at as "dueAt" from lines.line where id = ${lineId}`
      return (await one(database.db, query)).dueAt
    }
    const before = [await dueOf(seller), await dueOf(buyer)]
    await room.buy(buyer, [await room.list(seller)])
    expect([await dueOf(seller), await dueOf(buyer)]).toEqual(before)
    await room.setRules({ boughtDays: 1 })
    const { deals } = await room.buy(buyer, [await room.list(seller)])
    expect((await dueOf(buyer)).toISOString()).toBe(deals[0]?.usableUntil)
    room.clock.advance(86_400_000)
    expect(await dataOf(buyer)).toMatchObject({ bought: 5 })
  })

  test('of a line that the rating job had to put off comes after what has fallen due on it', async () => {
    const [seller, buyer] = [await room.aLine(), await room.aLine({ kopecks: 51_000 })]
    const promises = [{ fromAgeDays: 0, maxKopecks: 50_000, days: 2, feeKopecks: 500 }]
    const lines = { ...room.lines, rules: { ...room.lines.rules, promises } }
    const lent = { lineId: buyer, ref: aRef(), amountKopecks: 10_000 }
    await room.begun((tx) => promisePayment(tx, lines, lent))
    const lot = await room.list(seller)
    room.clock.advance(2 * 86_400_000)
    const broken = {
      ...lines,
      announce: async () => {
        throw new Error('a defect')
      },
    }
    const defects: unknown[] = []
    await advanceLines(database.db, broken, 10_000, (error) => defects.push(error))
    expect(defects.length).toBeGreaterThan(0)
    // Owed are 10 500, and 500 are left: less than the lot costs.
    await expect(room.buy(buyer, [lot])).rejects.toEqual(refused('balance'))
    await room.rate()
    expect((await room.see(buyer)).cash.balance).toBe(500)
  })

  test('two people with several numbers pass the day’s share no more by dealing both ways at the same time', async () => {
    const limits = { ...ROOMY.limits, pairDealsPerDay: 1 }
    await room.setRules({ limits })
    const [one, other] = [await room.aParty(), await room.aParty()]
    const [a, alsoA] = [await room.aLine({ partyId: one }), await room.aLine({ partyId: one })]
    const [b, alsoB] = [await room.aLine({ partyId: other }), await room.aLine({ partyId: other })]
    const [there, back] = [await room.list(a), await room.list(alsoB)]
    // Two counters, as of two nodes, that meet after both have the locks of their lines.
    let waiting: (() => void)[] = []
    const meet = () =>
      new Promise<void>((go) => {
        waiting.push(go)
        if (waiting.length === 2) for (const each of waiting) each()
        else setTimeout(go, 300)
      })
    const counters = [there, back].map(() =>
      createCounter(database.db, {
        ...room.market,
        announce: async (tx, event) => {
          if (event.kind === 'lines-changed') await meet()
          await room.market.announce(tx, event)
        },
      }),
    )
    const deals = await Promise.allSettled([
      counters[0]?.(room.ask(b, [there])),
      counters[1]?.(room.ask(alsoA, [back])),
    ])
    waiting = []
    expect(deals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(deals.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refused('pair') })
  })

  test('stands on both timelines: the buyer’s at once, the seller’s sales of an hour together', async () => {
    const [seller, buyer] = [await room.aLine(), await room.aLine({ kopecks: 400_000 })]
    const told = (lineId: string) =>
      room.events.flatMap((event) =>
        event.kind === 'market-happened'
          ? event.happenings
              .filter((one) => one.lineId === lineId)
              .map(({ what }) => [what.event, what.items, what.kopecks])
          : [],
      )
    await room.buy(buyer, [await room.list(seller)])
    await room.tell()
    expect(told(buyer)).toEqual([['bought', [{ type: 'data', units: 5, lots: 1 }], -10_000]])
    expect(told(seller)).toEqual([['sold', [{ type: 'data', units: 5, lots: 1 }], 9_500]])
    for (let n = 0; n < 3; n++) await room.buy(buyer, [await room.list(seller)])
    await room.tell()
    expect(told(seller)).toHaveLength(1)
    room.clock.advance(3_600_000)
    await room.tell()
    expect(told(seller).slice(1)).toEqual([['sold', [{ type: 'data', units: 5, lots: 3 }], 28_500]])
  })
})

describe('what is not sold comes back', () => {
  test('when its days are over', async () => {
    const line = await room.aLine({ kopecks: 300_000 })
    await room.setRules({ lotDays: 3 })
    const lot = await room.list(line)
    room.clock.advance(3 * 86_400_000)
    const buyer = await room.aLine()
    await expect(room.buy(buyer, [lot])).rejects.toEqual(refused('lot-gone'))
    await room.expire()
    expect(await lotsOf(line)).toMatchObject([{ state: 'expired' }])
    expect(await dataOf(line)).toEqual({ tariff: 30, bought: 0, held: 0 })
  })

  test('with the package at the end of the period: carried over where the tariff does so', async () => {
    const line = await room.aLine({ kopecks: 300_000 })
    const lot = await room.list(line, { units: 20, priceKopecks: 40_000 })
    room.clock.advance(32 * 86_400_000)
    // Nobody has looked at the line since: the lot is gone all the same.
    await expect(room.buy(await room.aLine(), [lot])).rejects.toEqual(refused('lot-gone'))
    await room.rate()
    expect(await lotsOf(line)).toMatchObject([{ state: 'returned', returned: 'period-end' }])
    const { buckets } = await room.see(line)
    expect(buckets.find(({ type, source }) => type === 'data' && source === 'carried-over')?.left).toBe(
      30 * GB,
    )
  })

  test.each(['line-blocked', 'tariff-change'] as const)('at once: %s', async (why) => {
    const line = await room.aLine({ kopecks: 300_000 })
    await room.list(line)
    await room.list(line, { type: 'voice', units: 100, priceKopecks: 10_000 })
    if (why === 'line-blocked') {
      await room.begun((tx) => blockLine(tx, room.lines, { lineId: line, ref: 'block', reason: 'lost' }))
      await room.begun((tx) => unblockLine(tx, room.lines, { lineId: line, ref: 'unblock' }))
      expect(await dataOf(line)).toEqual({ tariff: 30, bought: 0, held: 0 })
    } else {
      await room
        .begun((tx) =>
          changeTariff(tx, room.lines, { lineId: line, ref: 'change', code: 'a-tariff', when: 'now' }),
        )
        .catch(() => undefined)
    }
    const states = (await lotsOf(line)).map(({ state, returned }) => [state, returned])
    if (why === 'line-blocked')
      expect(states).toEqual([
        ['returned', why],
        ['returned', why],
      ])
  })
})

describe('the book', () => {
  test('shows the best unit price first, then who was first; frozen and sold lots not at all; pages go on', async () => {
    const sellers = await Promise.all([1, 2, 3, 4].map(() => room.aLine()))
    const prices = [17_000, 16_000, 17_000, 18_000]
    const lots = []
    for (const [n, line] of sellers.entries()) {
      room.clock.advance(1_000)
      lots.push(await room.list(line, { units: 7, priceKopecks: prices[n]! }))
    }
    const ids = [lots[1], lots[0], lots[2], lots[3]].map((lot) => lot?.id)
    const first = await readBook(database.db, room.market, { type: 'data', units: 7, limit: 3 })
    expect(first.lots.map(({ id }) => id)).toEqual(ids.slice(0, 3))
    expect(first.levels).toEqual([
      { priceKopecks: 16_000, lots: 1 },
      { priceKopecks: 17_000, lots: 2 },
      { priceKopecks: 18_000, lots: 1 },
    ])
    const rest = await readBook(database.db, room.market, {
      type: 'data',
      units: 7,
      limit: 3,
      after: first.next ?? '',
    })
    expect(rest.lots.map(({ id }) => id)).toEqual(ids.slice(3))
    // Listing anew or re-pricing back and forth gains no place.
    const back = await changeLot(database.db, room.market, {
      id: lots[2]!.id,
      version: 1,
      priceKopecks: 17_500,
    })
    await changeLot(database.db, room.market, {
      id: lots[2]!.id,
      version: back.version,
      priceKopecks: 17_000,
    })
    const again = await readBook(database.db, room.market, { type: 'data', units: 7, limit: 4 })
    expect(again.lots.map(({ id }) => id)).toEqual(ids)
  })

  test('raised lots take turns in few slots, and no more raises are sold than the rules say', async () => {
    await room.setRules({ raise: { kopecks: 500, slots: 1, mostPerTier: 2, turnSeconds: 60, hours: 24 } })
    const lines = await Promise.all([1, 2, 3].map(() => room.aLine()))
    const lots = await Promise.all(lines.map((line) => room.list(line, { units: 9, priceKopecks: 20_000 })))
    const raise = (n: number, id = randomUUID()) =>
      raiseLot(database.db, room.market, { id, lotId: lots[n]!.id, kopecks: 500 })
    const id = randomUUID()
    await raise(0, id)
    expect(await raise(0, id)).toMatchObject({ raised: true })
    expect((await room.see(lines[0]!)).cash.balance).toBe(49_500)
    await expect(raise(0)).rejects.toEqual(refused('raised'))
    await raise(1)
    await expect(raise(2)).rejects.toEqual(refused('raises'))
    const shown = new Set<string>()
    for (let n = 0; n < 2; n++) {
      const { raised } = await readBook(database.db, room.market, { type: 'data', units: 9, limit: 5 })
      expect(raised).toHaveLength(1)
      for (const lot of raised) shown.add(lot.id)
      room.clock.advance(60_000)
    }
    expect([...shown].sort()).toEqual([lots[0]!.id, lots[1]!.id].sort())
  })

  test('advice is honest: what is not to be expected is said to be so; history is what was paid', async () => {
    const size = { type: 'data', units: 11 } as const
    const seller = await room.aLine()
    const advise = (priceKopecks: number, lineId = seller) =>
      adviseSale(database.db, room.market, { ...size, lineId, priceKopecks, endsAt: null })
    expect(await advise(20_000)).toMatchObject({
      expectedMs: null,
      chance: 'unlikely',
      basedOn: 0,
      cheapestKopecks: null,
      netKopecks: 19_000,
    })
    for (let n = 0; n < 3; n++)
      await room.buy(await room.aLine({ kopecks: 90_000 }), [
        await room.list(await room.aLine(), { ...size, priceKopecks: 20_000 }),
      ])
    // As many came in below it as were sold.
    expect(await advise(21_000)).toMatchObject({ ahead: 0, expectedMs: null, chance: 'unlikely', basedOn: 3 })
    const soon = await advise(19_000)
    expect(soon).toMatchObject({ ahead: 0, undercutPerDay: 0, chance: 'uncertain' })
    expect(soon.expectedMs).toBe(Math.round((7 / 3) * 86_400_000))
    const other = await room.aLine()
    await room.list(other, { ...size, priceKopecks: 18_000 })
    expect(await advise(19_000)).toMatchObject({ ahead: 1, sooner: { priceKopecks: 17_999, ahead: 0 } })
    // Who is first already is not told to be cheaper than that.
    expect(await advise(19_000, other)).toMatchObject({ ahead: 1, sooner: null })
    const ask = { ...size, days: 7 }
    const before = await readHistory(database.db, room.market, ask)
    room.clock.advance(2 * 3_600_000)
    expect(await rollUpHours(database.db, room.market)).toBe(true)
    expect(await rollUpHours(database.db, room.market)).toBe(false)
    expect(await readHistory(database.db, room.market, ask)).toEqual(before)
    expect(before.points).toMatchObject([{ deals: 3, units: 33, averageUnitKopecks: 20_000 / 11 }])
    expect((await advise(19_000)).basedOn).toBe(3)
  })

  test('of one lot it says beforehand what would be in the way of buying it: it is one’s own, or its seller’s share of the day is spent', async () => {
    await room.setRules({ limits: { ...ROOMY.limits, pairDealsPerDay: 1 } })
    const [seller, buyer] = [await room.aLine(), await room.aLine()]
    const [first, second] = [await room.list(seller), await room.list(seller)]
    const reasons = async (lineId: string, lotId: string) => {
      const by = { kind: 'subscriber', fresh: true } as const
      const { obstacles } = await quote(database.db, room.market, { lineId, by, want: { lotId } })
      return obstacles.map(({ reason }) => reason)
    }
    expect(await reasons(seller, first.id)).toEqual(['own-lot'])
    expect(await reasons(buyer, first.id)).toEqual([])
    await room.buy(buyer, [first])
    expect(await reasons(buyer, second.id)).toEqual(['pair'])
    expect(await reasons(await room.aLine({ kopecks: 9_999 }), second.id)).toContain('balance')
  })

  test('puts the cheapest units together, never more than asked for, never one’s own, not above the ceiling', async () => {
    const [a, b, buyer] = [await room.aLine(), await room.aLine(), await room.aLine()]
    const make = (line: string, units: number, priceKopecks: number) =>
      room.list(line, { type: 'sms', units, priceKopecks })
    await make(a, 100, 6_000)
    await make(b, 150, 12_000)
    await make(a, 60, 12_000)
    await make(buyer, 50, 2_500)
    const ask = { lineId: buyer, by: { kind: 'subscriber', fresh: false } } as const
    const found = await quote(database.db, room.market, { ...ask, want: { type: 'sms', units: 260 } })
    expect([found.units, found.totalKopecks, found.lots.length]).toEqual([250, 18_000, 2])
    const cheap = await quote(database.db, room.market, {
      ...ask,
      want: { type: 'sms', units: 260, ceilingKopecks: 70 },
    })
    expect([cheap.units, cheap.totalKopecks]).toEqual([100, 6_000])
    await room.buy(buyer, found.lots)
  })
})

test('what is on hold is what is on sale, to the byte', async () => {
  const line = await room.aLine()
  await room.list(line)
  await room.list(line, { units: 2, priceKopecks: 5_000 })
  const hold = (await room.see(line)).holds.find(({ type }) => type === 'data')
  expect((await readBalances(database.db, [hold?.accountId ?? ''])).get(hold?.accountId ?? '')).toBe(7 * GB)
  expect((await listDealsOfLine(database.db, room.market, line, { side: 'sold', limit: 5 })).items).toEqual(
    [],
  )
})
