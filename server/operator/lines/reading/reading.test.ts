import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aLinesRoom, aRef, type LinesRoom } from '../../../../test/factories/lines.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import {
  addBucket,
  banContent,
  compareTariffs,
  connectOffering,
  countLinesOf,
  endRole,
  giveDiscount,
  giveRole,
  inSpendingOrder,
  listCharges,
  promisePayment,
  readLine,
  readLines,
  readServices,
  summariseCharges,
} from '../index.ts'
import { compareByUsage } from './compare-tariffs.ts'

const GB = 1024 ** 3
const consent = { through: 'my', words: 'Согласен: 7 ₽ в день' }
const offerings = [
  aTariff(),
  aTariff({
    code: 'small',
    feeKopecks: 30_000,
    packages: [{ type: 'data', amount: 5 * GB }],
    rates: [
      { type: 'voice', step: 60, kopecks: 200 },
      { type: 'data', step: GB, kopecks: 5_000 },
    ],
  }),
  aTariff({ code: 'ural', regions: ['ural'] }),
  aTariff({
    code: 'boundless',
    feeKopecks: 80_000,
    period: '30-days',
    packages: [{ type: 'data', amount: null }],
  }),
  anOption(),
  anOption({ code: 'messengers', feeKopecks: 0 }),
  aContent(),
  aDiscount({ appliesTo: ['a-tariff'], days: 40 }),
]

let database: TestDatabase
let room: LinesRoom
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-31T09:00:00Z') })
})
afterAll(() => database.drop())

const connect = (lineId: string, code: string) =>
  room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code, consent }))
const view = async (lineId: string) => (await readLine(database.db, room.lines, lineId))!.value

describe('a line at a glance', () => {
  test('tells what is left in the order in which it is spent', async () => {
    const lineId = await room.aLine()
    await connect(lineId, 'an-option')
    const add = (source: 'bought' | 'gift', expiresAt: string | null) =>
      room.begun((tx) =>
        addBucket(tx, room.lines, {
          lineId,
          ref: aRef(),
          type: 'data',
          amount: GB,
          source,
          expiresAt: expiresAt === null ? null : new Date(expiresAt),
        }),
      )
    await add('bought', null)
    await add('bought', '2027-02-28T09:00:00Z')
    await add('gift', '2027-02-28T09:00:00Z')
    await add('bought', '2027-02-05T00:00:00Z')
    const { buckets } = await view(lineId)
    expect(
      buckets
        .filter(({ type }) => type === 'data')
        .map(({ source, left, expiresAt }) => [source, left / GB, expiresAt?.slice(0, 10)]),
    ).toEqual([
      ['bought', 1, '2027-02-05'],
      ['gift', 1, '2027-02-28'],
      ['bought', 1, '2027-02-28'],
      ['option', 5, '2027-02-28'],
      ['tariff', 30, '2027-02-28'],
      ['bought', 1, undefined],
    ])
    expect(buckets.find(({ source }) => source === 'option')?.title).toEqual({
      ru: 'Название an-option',
      en: 'Title of an-option',
    })
    const line = await room.see(lineId)
    expect(inSpendingOrder(line.buckets).map(({ id }) => id)).toEqual(buckets.map(({ id }) => id))
  })

  test('tells what will be charged in the next 31 days and when the money ends', async () => {
    const lineId = await room.aLine({ kopecks: 95_000 })
    await connect(lineId, 'an-option')
    await room.begun((tx) => giveDiscount(tx, room.lines, { lineId, ref: aRef(), code: 'a-discount' }))
    const { coming, moneyEndsAt, balanceKopecks } = await view(lineId)
    expect(balanceKopecks).toBe(35_000)
    expect(coming.map(({ at, kopecks, code }) => [at, kopecks, code])).toEqual([
      ['2027-02-28T09:00:00.000Z', 25_000, 'a-tariff'],
      ['2027-02-28T09:00:00.000Z', 10_000, 'an-option'],
    ])
    expect(moneyEndsAt).toBeNull()
    await connect(lineId, 'a-content')
    expect((await view(lineId)).moneyEndsAt).toBe('2027-02-28T09:00:00.000Z')
  })

  test('tells of lent money and its fee as one charge', async () => {
    const lineId = await room.aLine({ kopecks: 300_000 })
    room.goTo('2027-04-01T12:00:00Z')
    await room.rate()
    await room.begun((tx) => promisePayment(tx, room.lines, { lineId, ref: aRef(), amountKopecks: 8_000 }))
    const { coming, promised } = await view(lineId)
    expect(promised).toEqual({ kopecks: 8_000, feeKopecks: 500, dueAt: '2027-04-04T12:00:00.000Z' })
    room.goTo('2027-04-04T13:00:00Z')
    await room.rate()
    expect(coming[0]).toMatchObject({
      at: '2027-04-04T12:00:00.000Z',
      kopecks: 8_500,
      for: 'promised-payment',
    })
    expect((await view(lineId)).promised).toBeNull()
  })

  test('tells a waiting line that its fee is due now', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    room.goTo('2027-03-02T12:00:00Z')
    await room.rate()
    const { state, coming, moneyEndsAt } = await view(lineId)
    expect(state).toBe('suspended')
    expect(coming[0]).toMatchObject({ at: '2027-03-02T12:00:00.000Z', for: 'tariff', kopecks: 50_000 })
    expect(moneyEndsAt).toBe('2027-03-02T12:00:00.000Z')
  })

  test('shows what fell due before the rating job has come to it', async () => {
    const lineId = await room.aLine({ kopecks: 100_000 })
    room.goTo('2027-02-28T09:00:00Z')
    const unrated = await view(lineId)
    await room.rate()
    const { buckets, ...rated } = await view(lineId)
    expect(unrated).toMatchObject({ ...rated, balanceKopecks: 0 })
    expect(unrated.buckets.map(({ left, expiresAt }) => [left, expiresAt])).toEqual(
      buckets.map(({ left, expiresAt }) => [left, expiresAt]),
    )
  })

  test('is told with the roles that people have on it now, the owner’s first', async () => {
    const lineId = await room.aLine()
    const [user, friend] = [await room.aParty('Пётр Орлов'), await room.aParty('Друг')]
    const give = (partyId: string, role: 'user' | 'trusted') =>
      room.begun((tx) => giveRole(tx, room.lines, { lineId, partyId, role, validTo: null }))
    await give(friend, 'trusted')
    await give(user, 'user')
    const roles = async () => (await readLine(database.db, room.lines, lineId))?.roles
    expect((await roles())?.map(({ role }) => role)).toEqual(['owner', 'user', 'trusted'])
    await room.begun((tx) => endRole(tx, room.lines, { lineId, partyId: friend }))
    expect(await roles()).not.toContainEqual(expect.objectContaining({ partyId: friend }))
  })

  test('is read for many in one go', async () => {
    const ids = [
      await room.aLine(),
      await room.aLine({ tariff: 'boundless' }),
      '0190aaaa-0000-7000-8000-000000000000',
    ]
    const found = await readLines(database.db, room.lines, ids)
    expect([...found.keys()].sort()).toEqual(ids.slice(0, 2).sort())
    expect(found.get(ids[1]!)?.value.buckets).toMatchObject([{ type: 'data', total: null, left: 0 }])
  })
})

describe('services', () => {
  test('tell what is connected with what it costs and has cost, and what can be had', async () => {
    const lineId = await room.aLine()
    const { connectedId } = await connect(lineId, 'a-content')
    await connect(lineId, 'an-option')
    await room.begun((tx) => giveDiscount(tx, room.lines, { lineId, ref: aRef(), code: 'a-discount' }))
    await room.begun((tx) => banContent(tx, room.lines, { lineId, ref: aRef() }))
    room.goTo('2027-02-02T09:00:00Z')
    await room.rate()
    const services = (await readServices(database.db, room.lines, lineId))!.value
    expect(services.content).toMatchObject([
      {
        id: connectedId,
        since: '2027-01-31T09:00:00.000Z',
        nextChargeAt: '2027-02-03T09:00:00.000Z',
        feeKopecks: 700,
        charge: 'daily',
        consent: { at: '2027-01-31T09:00:00.000Z', ...consent },
        spentKopecks: 2_100,
        ending: null,
      },
    ])
    expect(services.options.map(({ offering }) => offering.terms.code)).toEqual(['an-option'])
    expect(services.available.map(({ terms }) => terms.code)).toEqual(['messengers'])
    expect(services.contentBanned).toBe(true)
    expect(services.discounts).toMatchObject([{ until: '2027-03-12T09:00:00.000Z' }])
  })
})

describe('charges', () => {
  test('of a month are summed by category and by day of the line’s calendar', async () => {
    const lineId = await room.aLine({ kopecks: 200_000, timeZone: 'Asia/Kamchatka' })
    room.goTo('2027-01-31T13:00:00Z')
    await connect(lineId, 'a-content')
    room.goTo('2027-02-01T14:00:00Z')
    await room.rate()
    const month = async (name: string) =>
      (await summariseCharges(database.db, room.lines, lineId, name))?.value
    expect(await month('2027-01')).toEqual({
      month: '2027-01',
      spentKopecks: 50_000,
      receivedKopecks: 200_000,
      byCategory: [
        { category: 'tariff', kopecks: -50_000, count: 1 },
        { category: 'top-up', kopecks: 200_000, count: 1 },
      ],
      byDay: [{ day: '2027-01-31', kopecks: -50_000 }],
    })
    expect((await month('2027-02'))?.byDay).toEqual([
      { day: '2027-02-01', kopecks: -700 },
      { day: '2027-02-02', kopecks: -700 },
    ])
    expect((await month('2027-03'))?.spentKopecks).toBe(0)
    await expect(month('2027-13')).rejects.toMatchObject({ code: 'invalid_request' })
  })

  test('are listed newest first, page by page, of a category, of a month', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    await connect(lineId, 'a-content')
    room.goTo('2027-02-05T09:00:00Z')
    await room.rate()
    const all: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await listCharges(database.db, lineId, { limit: 3, after })
      all.push(...page.items.map(({ at, category }) => `${at.slice(0, 10)} ${category}`))
      if (page.next === null) break
      after = page.next
    }
    expect(all).toEqual([
      '2027-02-05 content',
      '2027-02-04 content',
      '2027-02-03 content',
      '2027-02-02 content',
      '2027-02-01 content',
      '2027-01-31 content',
      '2027-01-31 tariff',
      '2027-01-31 top-up',
    ])
    const count = async (ask: object) =>
      (await listCharges(database.db, lineId, { limit: 100, ...ask })).items.length
    expect(await count({ category: 'content' })).toBe(6)
    expect(await count({ month: '2027-01' })).toBe(3)
    expect(await count({ month: '2027-01', category: 'content' })).toBe(1)
    await expect(count({ after: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_request' })
  })
})

describe('a comparison of tariffs', () => {
  const use = (
    lineId: string,
    at: string,
    type: string,
    amount: number,
    more: { direction?: string; roaming?: string } = {},
  ) =>
    rows(
      database.db,
      sql`insert into lines.usage (line_id, at, id, type, direction, amount, roaming)
          values (${lineId}, ${at}::timestamptz, gen_random_uuid(), ${type}, ${more.direction ?? 'out'}, ${amount}, ${more.roaming ?? null})`,
    )

  test('rests on the full months that the line was there for, on what packages would have paid for', async () => {
    const lineId = await room.aLine({ kopecks: 300_000 })
    room.goTo('2027-04-10T09:00:00Z')
    await room.rate()
    await use(lineId, '2027-02-10T09:00:00Z', 'data', 6 * GB)
    await use(lineId, '2027-03-10T09:00:00Z', 'data', 8 * GB)
    await use(lineId, '2027-03-11T09:00:00Z', 'voice', 601)
    await use(lineId, '2027-03-11T09:00:00Z', 'voice', 9_000, { direction: 'in' })
    await use(lineId, '2027-03-12T09:00:00Z', 'data', 90 * GB, { roaming: 'TR' })
    await use(lineId, '2027-04-05T09:00:00Z', 'data', 50 * GB)
    await use(lineId, '2027-01-31T10:00:00Z', 'data', 50 * GB)
    const compared = await compareTariffs(database.db, room.lines, lineId)
    expect(compared?.months).toBe(2)
    expect(
      compared?.tariffs.map(({ offering, current, monthlyKopecks }) => [
        offering.terms.code,
        current,
        monthlyKopecks,
      ]),
    ).toEqual([
      ['small', false, 30_000 + (1 * 5_000 + 3 * 5_000 + 11 * 200) / 2],
      ['a-tariff', true, 50_000],
      ['boundless', false, Math.round((80_000 * 365.2425) / 360)],
    ])
    expect(compared?.tariffs[0]?.fits).toEqual([
      { type: 'data', used: 7 * GB, included: 5 * GB },
      { type: 'voice', used: 301, included: 0 },
      { type: 'sms', used: 0, included: 0 },
    ])
  })

  test('takes no month for unused of which nothing is known', async () => {
    const lineId = await room.aLine({ kopecks: 300_000 })
    const months = async () => (await compareTariffs(database.db, room.lines, lineId))?.months
    room.goTo('2027-05-10T09:00:00Z')
    await room.rate()
    expect(await months()).toBe(0)
    await use(lineId, '2027-05-02T09:00:00Z', 'data', GB)
    expect(await months()).toBe(0)
    await use(lineId, '2027-03-20T09:00:00Z', 'data', GB)
    expect(await months()).toBe(2)
  })

  test('of a new line tells the fees', () => {
    const tariff = { id: 'x', terms: aTariff() }
    expect(compareByUsage(tariff, [tariff], [], 0)).toMatchObject({
      months: 0,
      tariffs: [{ monthlyKopecks: 50_000 }],
    })
  })
})

test('lines of an offering are counted, as tariff, as option and as discount', async () => {
  const lineId = await room.aLine({ tariff: 'small' })
  await connect(lineId, 'messengers')
  await room.begun((tx) => giveDiscount(tx, room.lines, { lineId, ref: aRef(), code: 'a-discount' }))
  const { tariff, connected, discounts } = await room.see(lineId)
  const ids = [
    tariff.id,
    connected[0]!.offering.id,
    discounts[0]!.offering.id,
    '0190aaaa-0000-7000-8000-000000000000',
  ]
  expect(await countLinesOf(database.db, ids)).toEqual(
    new Map([
      [ids[0], 1],
      [ids[1], 1],
      [ids[2], 1],
    ]),
  )
})
