import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UsageReport } from '../../../../contracts/usage.ts'
import { aLinesRoom, aRef, type LinesRoom } from '../../../../test/factories/lines.ts'
import { anOption, aTariff, aZone } from '../../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import { publishCatalogue, readCatalogue } from '../../catalogue/index.ts'
import { audit } from '../../ledger/index.ts'
import {
  addBucket,
  changeTariff,
  connectOffering,
  debitMoney,
  disconnectOffering,
  endLine,
  listCharges,
  listUsage,
  readServices,
  reportUsage,
  setLimit,
  settleUsage,
} from '../index.ts'

const GB = 1024 ** 3
const MB = 1024 ** 2
const beyond = [
  { type: 'data', step: 100 * MB, kopecks: 1_000 },
  { type: 'voice', step: 60, kopecks: 200 },
  { type: 'sms', step: 1, kopecks: 250 },
] as const
const offerings = [
  aZone(),
  aTariff({ rates: [...beyond] }),
  aTariff({ code: 'no-carry', carriesOver: false, rates: [...beyond] }),
  aTariff({ code: 'bare', feeKopecks: 0, packages: [], rates: [...beyond] }),
  aTariff({ code: 'endless', packages: [{ type: 'data', amount: null }], rates: [] }),
  anOption(),
  anOption({
    code: 'abroad',
    category: 'roaming',
    charge: 'once',
    days: 14,
    countries: ['TR'],
    packages: [{ type: 'data', amount: GB }],
  }),
  anOption({ code: 'abroad-more', feeKopecks: 0, packages: [], requires: ['abroad'] }),
]

let database: TestDatabase
let room: LinesRoom
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-31T09:10:00Z') })
})
afterAll(async () => {
  expect(await audit(database.db)).toMatchObject({ sound: true })
  await database.drop()
})

const msisdnOf = async (lineId: string) =>
  (await one(database.db, sql<{ msisdn: string }>`select msisdn from lines.line where id = ${lineId}`)).msisdn

/** The network reports something of now, unless it says otherwise. */
async function report(lineId: string, ...records: Partial<UsageReport>[]) {
  const msisdn = await msisdnOf(lineId)
  const whole = records.map((record) => ({
    name: aRef(),
    msisdn,
    type: 'data',
    amount: GB,
    at: room.clock.now().toISOString(),
    ...record,
  }))
  return reportUsage(database.db, room.lines, whole)
}
async function settle(): Promise<void> {
  const defects: unknown[] = []
  while ((await settleUsage(database.db, room.lines, 50, (error) => defects.push(error))) > 0) {
    if (defects.length > 0) throw defects[0]
  }
}
async function atNextHour(): Promise<void> {
  room.clock.advance(3_600_000 - (room.clock.now().getTime() % 3_600_000) + 1_000)
  await settle()
}
const left = async (lineId: string) =>
  (await room.see(lineId)).buckets
    .filter(({ ended }) => !ended)
    .map(({ type, source, left }) => `${source} ${type} ${left}`)
    .sort()
const charged = async (lineId: string) => {
  const { items } = await listCharges(database.db, lineId, { limit: 100 })
  return items
    .toReversed()
    .filter(({ category }) => category === 'usage' || category === 'roaming')
    .map(({ at, category, kopecks, title }) => `${at.slice(0, 16)} ${category} ${title.en} ${kopecks}`)
}
const transfers = async (lineId: string) =>
  rows(
    database.db,
    sql<{ kind: string; legs: number }>`
      select kind, (select count(*)::int from ledger.entry e where e.transfer_id = t.id) as legs
      from ledger.transfer t where line_id = ${lineId} and kind <> 'opening' order by at, id`,
  )
const usage = async (lineId: string, month = '2027-01') =>
  (await listUsage(database.db, lineId, { month, limit: 100 })).items

describe('what the network reports', () => {
  test('is taken once by its name, however often it comes', async () => {
    const lineId = await room.aLine()
    const name = aRef()
    expect(await report(lineId, { name }, { name }, {})).toEqual({ accepted: 2, repeated: 1, refused: [] })
    expect(await report(lineId, { name, amount: 5 * GB })).toEqual({ accepted: 0, repeated: 1, refused: [] })
    expect(await usage(lineId)).toHaveLength(2)
  })

  test('is refused record by record; the others are taken', async () => {
    const lineId = await room.aLine()
    const now = room.clock.now().getTime()
    const when = (ms: number) => new Date(now + ms).toISOString()
    const answer = await report(
      lineId,
      { name: 'good' },
      { name: 'negative', amount: -1 },
      { name: 'ahead', at: when(300_001) },
      { name: 'a-little-ahead', at: when(300_000) },
      { name: 'old', at: when(-31 * 86_400_000 - 1) },
      { name: 'nobody', msisdn: '79990000000' },
      { name: '' },
    )
    expect(answer).toEqual({
      accepted: 2,
      repeated: 0,
      refused: [
        { place: 1, name: 'negative', reason: 'malformed' },
        { place: 2, name: 'ahead', reason: 'in-future' },
        { place: 4, name: 'old', reason: 'too-late' },
        { place: 5, name: 'nobody', reason: 'unknown-line' },
        { place: 6, name: '', reason: 'malformed' },
      ],
    })
    // Nothing was taken of it: the same name comes in when the reason is gone.
    expect(await report(lineId, { name: 'nobody' })).toMatchObject({ accepted: 1 })
  })

  test('belongs to the line that had the number then', async () => {
    const before = await room.aLine()
    const msisdn = await msisdnOf(before)
    const then = room.clock.now().toISOString()
    room.clock.advance(3_600_000)
    await room.begun((tx) => endLine(tx, room.lines, { lineId: before, ref: aRef() }))
    room.clock.advance(3_600_000)
    const after = await room.aLine()
    await rows(database.db, sql`update lines.line set msisdn = ${msisdn} where id = ${after}`)
    await report(after, { at: then, name: aRef() }, { amount: MB })
    expect((await usage(before)).map(({ amount }) => amount)).toEqual([GB])
    expect((await usage(after)).map(({ amount }) => amount)).toEqual([MB])
  })

  test('is counted by whoever looks before it is settled, and says that its price is not known yet', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 10_000 })
    await report(lineId, { type: 'sms', amount: 3 })
    expect((await room.see(lineId)).cash.balance).toBe(10_000 - 750)
    expect(await usage(lineId)).toMatchObject([{ type: 'sms', amount: 3, kopecks: null }])
    await atNextHour()
    expect((await room.see(lineId)).cash.balance).toBe(10_000 - 750)
    expect(await usage(lineId)).toMatchObject([{ kopecks: 750 }])
  })
})

describe('settlement', () => {
  test('spends packages in their order and posts one transfer an hour', async () => {
    const lineId = await room.aLine({ tariff: 'no-carry' })
    await room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'an-option' }))
    const soon = new Date(room.clock.now().getTime() + 5 * 86_400_000)
    const gift = { type: 'data', amount: 2 * GB, source: 'gift', expiresAt: soon } as const
    await room.begun((tx) => addBucket(tx, room.lines, { lineId, ref: aRef(), ...gift }))
    await report(lineId, { amount: GB }, { amount: 3 * GB }, { type: 'voice', amount: 90 })
    await atNextHour()
    expect(await left(lineId)).toEqual([
      'gift data 0',
      `option data ${3 * GB}`,
      `tariff data ${30 * GB}`,
      'tariff voice 29910',
    ])
    await report(lineId, { amount: GB })
    await settle()
    expect((await transfers(lineId)).filter(({ kind }) => kind === 'usage')).toHaveLength(1)
    await atNextHour()
    expect((await transfers(lineId)).filter(({ kind }) => kind === 'usage')).toHaveLength(2)
    expect(await charged(lineId)).toEqual([])
  })

  test('charges what is beyond the packages for each started step: data together, calls each by itself', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 100_000 })
    const call = { type: 'voice', amount: 61 } as const
    await report(lineId, { amount: MB }, { amount: MB }, { amount: 99 * MB }, call, call)
    await report(lineId, { type: 'voice', amount: 600, direction: 'in' }, { type: 'sms', amount: 1 })
    await atNextHour()
    expect((await charged(lineId)).sort()).toEqual([
      '2027-01-31T09:10 usage Calls -800',
      '2027-01-31T09:10 usage Data -2000',
      '2027-01-31T09:10 usage Messages -250',
    ])
  })

  test('takes no more than the balance holds, and tells so once', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 600 })
    await report(lineId, { type: 'sms', amount: 1 }, { type: 'sms', amount: 1 }, { type: 'sms', amount: 1 })
    await atNextHour()
    expect((await room.see(lineId)).cash.balance).toBe(100)
    await report(lineId, { type: 'sms', amount: 1 })
    await atNextHour()
    expect((await room.see(lineId)).cash.balance).toBe(100)
    expect(room.notices().filter((notice) => notice === 'usage-money-ended')).toHaveLength(1)
  })

  test('respects the limits of the month and of the day abroad', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 500_000 })
    const limit = (name: 'spend-month' | 'roaming-day', amountKopecks: number) =>
      room.begun((tx) => setLimit(tx, room.lines, { lineId, ref: aRef(), limit: name, amountKopecks }))
    await limit('roaming-day', 4_000)
    await limit('spend-month', 5_000)
    await report(lineId, { type: 'voice', amount: 600, roaming: 'TR' })
    await report(lineId, { type: 'sms', amount: 100 })
    await atNextHour()
    expect((await charged(lineId)).sort()).toEqual([
      '2027-01-31T09:10 roaming Calls abroad -3500',
      '2027-01-31T09:10 usage Messages -1500',
    ])
    expect(room.notices()).toContain('usage-limit-reached')
    room.goTo('2027-02-01T12:00:00Z')
    await report(lineId, { type: 'sms', amount: 2 })
    await atNextHour()
    expect((await charged(lineId)).at(-1)).toBe('2027-02-01T12:00 usage Messages -500')
  })

  test('lets a roaming pack pay in its countries alone', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    await room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'abroad' }))
    await report(lineId, { amount: GB / 2, roaming: 'TR' }, { amount: MB, roaming: 'GE' }, { amount: GB })
    await atNextHour()
    expect(await left(lineId)).toEqual([
      `option data ${GB / 2}`,
      `tariff data ${29 * GB}`,
      'tariff voice 30000',
    ])
    expect(await charged(lineId)).toEqual(['2027-01-31T09:10 roaming Data abroad -1000'])
  })

  test('takes nothing of a package without limit', async () => {
    const lineId = await room.aLine({ tariff: 'endless' })
    await report(lineId, { amount: 900 * GB })
    await atNextHour()
    expect(await charged(lineId)).toEqual([])
    expect(await usage(lineId)).toMatchObject([{ kopecks: 0 }])
  })

  test('tells when four fifths of the packages are used up, and when all is', async () => {
    const lineId = await room.aLine()
    await report(lineId, { amount: 23 * GB })
    await atNextHour()
    expect(room.notices()).not.toContain('data-nearly-spent')
    await report(lineId, { amount: GB })
    await atNextHour()
    expect(room.notices()).toContain('data-nearly-spent')
    await report(lineId, { amount: GB })
    await atNextHour()
    await report(lineId, { amount: 5 * GB })
    await atNextHour()
    const told = room.notices().filter((notice) => notice.startsWith('data-'))
    expect(told).toEqual(['data-nearly-spent', 'data-spent'])
  })

  test('is done by one of several workers at the same time', async () => {
    const ids = await Promise.all([1, 2, 3, 4].map(() => room.aLine({ tariff: 'bare' })))
    for (const id of ids) await report(id, { type: 'sms', amount: 4 })
    room.clock.advance(3_600_000)
    await Promise.all([1, 2, 3, 4].map(settle))
    for (const id of ids) expect((await room.see(id)).cash.balance).toBe(99_000)
  })

  test('that breaks off changes nothing, and is done later', async () => {
    const lineId = await room.aLine({ tariff: 'bare' })
    await report(lineId, { type: 'sms', amount: 4 })
    room.clock.advance(3_600_000)
    const killed = { ...room.lines, announce: () => Promise.reject(new Error('killed')) }
    const defects: unknown[] = []
    await settleUsage(database.db, killed, 50, (error) => defects.push(error))
    expect(defects).toHaveLength(1)
    expect(await charged(lineId)).toEqual([])
    room.clock.advance(300_000)
    await settle()
    expect((await room.see(lineId)).cash.balance).toBe(99_000)
  })
})

describe('what is used abroad', () => {
  /** Publishes the zones in place of those that there are. */
  const publish = async (...zones: ReturnType<typeof aZone>[]) => {
    const { version, offerings: known } = await readCatalogue(database.db)
    const rest = known.flatMap(({ terms }) => (terms.kind === 'zone' ? [] : [terms]))
    const deps = { clock: room.clock, countLinesOf: async () => new Map<string, number>() }
    await room.begun((tx) =>
      publishCatalogue(tx, deps, { basedOn: version, offerings: [...rest, ...zones], by: 'Ольга' }),
    )
  }
  afterEach(() => publish(aZone()))
  const sms = (kopecks: number) => [{ type: 'sms', step: 1, kopecks }] as const

  test('costs what the zone of its country says; where there is none, what everywhere else does', async () => {
    await publish(
      aZone(),
      aZone({ code: 'near', countries: ['BY', 'KZ'], rates: [...sms(500)] }),
      aZone({ code: 'space', countries: ['AQ'], rates: [] }),
    )
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 100_000 })
    for (const roaming of ['BY', 'TR', 'AQ']) await report(lineId, { type: 'sms', amount: 1, roaming })
    expect((await room.see(lineId)).cash.balance).toBe(100_000 - 500 - 1_500)
    await atNextHour()
    expect((await usage(lineId)).map(({ roaming, kopecks }) => `${roaming} ${kopecks}`).sort()).toEqual([
      'AQ 0',
      'BY 500',
      'TR 1500',
    ])
  })

  test('costs what it did when it was used, whatever was published since, and within the validity of prices', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 100_000 })
    const at = (minutes: number) =>
      new Date(Date.parse('2027-01-31T09:10:00Z') + minutes * 60_000).toISOString()
    room.goTo(at(10))
    await publish(
      aZone(),
      aZone({ code: 'summer', countries: ['TR'], rates: [...sms(700)], validFrom: at(20), validTo: at(30) }),
    )
    room.goTo(at(40))
    await publish(aZone({ rates: [...sms(9_900)] }))
    room.goTo(at(50))
    const records = [0, 15, 20, 29, 30, 45].map((minutes) => ({
      type: 'sms' as const,
      amount: 1,
      at: at(minutes),
      roaming: 'TR',
    }))
    await report(lineId, ...records)
    await atNextHour()
    expect((await usage(lineId)).toReversed().map(({ kopecks }) => kopecks)).toEqual([
      1_500, 1_500, 700, 700, 1_500, 9_900,
    ])
  })
})

describe('the turn of a period', () => {
  test('settles what was used before it, so that only what is left is carried over', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    room.goTo('2027-02-28T09:05:00Z')
    await report(lineId, { amount: 10 * GB })
    room.goTo('2027-02-28T09:11:00Z')
    await room.rate()
    expect(await left(lineId)).toEqual([
      `carried-over data ${20 * GB}`,
      'carried-over voice 30000',
      `tariff data ${30 * GB}`,
      'tariff voice 30000',
    ])
    await atNextHour()
    expect((await transfers(lineId)).map(({ kind }) => kind)).not.toContain('usage')
  })

  test('takes the fee of what usage left: who used too much waits for money', async () => {
    const lineId = await room.aLine({ kopecks: 100_100 })
    room.goTo('2027-02-28T09:05:00Z')
    await report(lineId, { type: 'sms', amount: 1 })
    room.goTo('2027-02-28T09:11:00Z')
    await room.rate()
    expect(await room.see(lineId)).toMatchObject({ state: 'suspended', cash: { balance: 49_850 } })
  })

  test('is at the same time of day when clocks are changed; usage of the hour that is there twice counts once', async () => {
    room.goTo('2027-10-01T00:30:00Z')
    const lineId = await room.aLine({ tariff: 'bare', timeZone: 'Europe/Berlin' })
    for (const at of ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z']) {
      room.goTo(at)
      await room.rate()
      await report(lineId, { type: 'sms', amount: 1 })
      await atNextHour()
    }
    expect(await charged(lineId)).toEqual([
      '2027-10-31T00:30 usage Messages -250',
      '2027-10-31T01:30 usage Messages -250',
    ])
  })

  test('on 29 February bills the day where it belongs', async () => {
    room.goTo('2028-02-29T20:58:00Z')
    const lineId = await room.aLine({ tariff: 'bare' })
    await report(lineId, { type: 'sms', amount: 1 })
    room.goTo('2028-02-29T21:00:00Z')
    await report(lineId, { type: 'sms', amount: 1 })
    room.goTo('2028-02-29T22:00:01Z')
    await settle()
    expect(await charged(lineId)).toEqual([
      '2028-02-29T20:58 usage Messages -250',
      '2028-02-29T21:00 usage Messages -250',
    ])
  })
})

/** Tells something that happened then, in time or after everything else; `whole` = what the line has and was charged for at the end. */
async function told(
  late: boolean,
  { from, tariff, kopecks = 300_000, record, turn, zone = 'Europe/Moscow' }: Told,
) {
  room.goTo(from)
  const lineId = await room.aLine({ tariff, kopecks, timeZone: zone })
  const at = new Date(record.at ?? from).toISOString()
  room.goTo(at)
  if (!late) await report(lineId, { ...record, at })
  room.goTo(turn)
  await room.rate()
  if (late) await report(lineId, { ...record, at })
  await atNextHour()
  const { cash } = await room.see(lineId)
  return { left: await left(lineId), balance: cash.balance, charged: await charged(lineId) }
}
interface Told {
  readonly from: string
  readonly tariff: string
  readonly kopecks?: number
  readonly record: Partial<UsageReport> & { readonly at?: string }
  /** After the end of the period. */
  readonly turn: string
  readonly zone?: string
}

describe('what comes after the turn of its period', () => {
  const day = { from: '2027-01-31T09:10:00Z', turn: '2027-02-28T09:11:00Z' }
  const cases: readonly [string, Told][] = [
    ['is taken of what moved on', { ...day, tariff: 'a-tariff', record: { amount: 10 * GB } }],
    ['is taken of what was left and is lost', { ...day, tariff: 'no-carry', record: { amount: 10 * GB } }],
    [
      'is charged beyond what was left by the rates of then',
      { ...day, tariff: 'no-carry', record: { amount: 30 * GB + 50 * MB } },
    ],
    [
      'at the end of 29 February is of the period that ends on that day',
      {
        from: '2028-01-29T20:30:00Z',
        turn: '2028-02-29T21:10:00Z',
        tariff: 'no-carry',
        record: { at: '2028-02-29T20:29:59.000Z', amount: 31 * GB },
      },
    ],
    [
      'when clocks are put back is of the hour that it was in',
      {
        from: '2027-09-30T22:30:00Z',
        turn: '2027-10-31T23:40:00Z',
        zone: 'Europe/Berlin',
        tariff: 'no-carry',
        record: { at: '2027-10-31T01:30:00.000Z', type: 'voice', amount: 40_000 },
      },
    ],
    [
      'when clocks are put forward is of the day that it was on',
      {
        from: '2027-02-28T01:30:00Z',
        turn: '2027-03-28T01:40:00Z',
        zone: 'Europe/Berlin',
        tariff: 'a-tariff',
        record: { at: '2027-03-28T00:59:59.000Z', amount: 2 * GB },
      },
    ],
  ]
  test.each(cases)('%s, as if it had come in time', async (_, story) => {
    const [inTime, late] = [await told(false, story), await other(() => told(true, story))]
    expect(late).toEqual(inTime)
  })
  /** Another line with a clock of its own. */
  const other = async <T>(work: () => Promise<T>): Promise<T> => {
    const before = room
    room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-31T09:10:00Z') })
    try {
      return await work()
    } finally {
      room = before
    }
  }

  test('is paid once by what was left, whoever looks and however often', async () => {
    const lineId = await room.aLine({ tariff: 'no-carry', kopecks: 300_000 })
    room.goTo('2027-02-28T09:11:00Z')
    await room.rate()
    const at = '2027-02-28T09:00:00.000Z'
    await report(lineId, { at, amount: 29 * GB })
    // Settings are stored while it waits.
    await room.begun((tx) =>
      setLimit(tx, room.lines, { lineId, ref: aRef(), limit: 'spend-month', amountKopecks: 500_000 }),
    )
    await room.see(lineId)
    await atNextHour()
    expect(await charged(lineId)).toEqual([])
    await report(lineId, { at, amount: GB })
    await report(lineId, { at, amount: 100 * MB })
    await atNextHour()
    expect(await left(lineId)).toContain(`tariff data ${30 * GB}`)
    expect(await charged(lineId)).toEqual(['2027-02-28T09:00 usage Data -1000'])
  })

  test('takes what moved on and is used already out of the package of now', async () => {
    const lineId = await room.aLine({ kopecks: 300_000 })
    room.goTo('2027-02-28T09:05:00Z')
    await report(lineId, { amount: 29 * GB })
    room.goTo('2027-02-28T09:11:00Z')
    await room.rate()
    await report(lineId, { amount: GB })
    await atNextHour()
    await report(lineId, { at: '2027-02-28T09:06:00.000Z', amount: 2 * GB })
    await atNextHour()
    expect(await left(lineId)).toEqual([
      'carried-over data 0',
      'carried-over voice 30000',
      `tariff data ${29 * GB}`,
      'tariff voice 30000',
    ])
    // A gigabyte was left then; the other was beyond.
    expect(await charged(lineId)).toEqual(['2027-02-28T09:06 usage Data -11000'])
  })

  test('is charged by the tariff of then after a change', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 300_000 })
    const at = room.clock.now().toISOString()
    room.clock.advance(600_000)
    await room.begun((tx) =>
      changeTariff(tx, room.lines, { lineId, ref: aRef(), code: 'endless', when: 'now' }),
    )
    await report(lineId, { at, amount: MB }, { at, type: 'sms', amount: 1 })
    await atNextHour()
    expect((await charged(lineId)).sort()).toEqual([
      '2027-01-31T09:10 usage Data -1000',
      '2027-01-31T09:10 usage Messages -250',
    ])
  })

  test('is paid by a package without limit and by a roaming pack that were there then', async () => {
    const lineId = await room.aLine({ tariff: 'endless', kopecks: 900_000 })
    await room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'abroad' }))
    const at = '2027-02-03T10:00:00.000Z'
    room.goTo('2027-02-20T09:00:00Z')
    await room.rate()
    await report(lineId, { at, amount: 500 * MB, roaming: 'TR' })
    await atNextHour()
    await room.begun((tx) => changeTariff(tx, room.lines, { lineId, ref: aRef(), code: 'bare', when: 'now' }))
    await report(lineId, { at: '2027-02-19T00:00:00.000Z', amount: 500 * GB })
    await atNextHour()
    expect(await charged(lineId)).toEqual([])
    // Half of the pack is used up: a whole one more is beyond.
    await report(lineId, { at, amount: GB, roaming: 'TR' })
    await atNextHour()
    expect(await charged(lineId)).toEqual([expect.stringContaining(' roaming Data abroad -500000')])
  })

  test('is paid by what was left where no money came for the next period', async () => {
    const lineId = await room.aLine({ kopecks: 60_000 })
    room.goTo('2027-02-28T09:11:00Z')
    await room.rate()
    await report(lineId, { at: '2027-02-28T09:00:00.000Z', amount: 30 * GB })
    await atNextHour()
    expect(await room.see(lineId)).toMatchObject({ state: 'suspended', cash: { balance: 10_000 } })
  })

  test('is remembered for as long as it is taken', async () => {
    const lineId = await room.aLine({ tariff: 'no-carry', kopecks: 900_000 })
    for (const turn of ['2027-02-28T09:11:00Z', '2027-03-31T09:11:00Z', '2027-04-30T09:11:00Z']) {
      room.goTo(turn)
      await room.rate()
    }
    const { past } = await room.see(lineId)
    expect(past.packages.map(({ type, to }) => `${type} ${to.toISOString()}`)).toEqual([
      'data 2027-03-31T09:10:00.000Z',
      'voice 2027-03-31T09:10:00.000Z',
      'data 2027-04-30T09:10:00.000Z',
      'voice 2027-04-30T09:10:00.000Z',
    ])
  })
})

describe('acts on a line', () => {
  test('see what was used and carry it along: it is settled once, with the first of them', async () => {
    const lineId = await room.aLine({ tariff: 'no-carry', kopecks: 300_000 })
    await room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'an-option' }))
    await report(lineId, { amount: 3 * GB })
    await room.begun((tx) => disconnectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'an-option' }))
    await report(lineId, { amount: 4 * GB })
    await room.begun((tx) =>
      changeTariff(tx, room.lines, { lineId, ref: aRef(), code: 'a-tariff', when: 'now' }),
    )
    await atNextHour()
    expect(await left(lineId)).toEqual([`tariff data ${30 * GB}`, 'tariff voice 30000'])
    expect((await transfers(lineId)).filter(({ kind }) => kind === 'usage')).toEqual([])
    expect(await usage(lineId)).toMatchObject([{ kopecks: 0 }, { kopecks: 0 }])
  })

  test('buy a pack again as soon as it is used up, and not before; what relies on it stays', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    const buy = (code: string) =>
      room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code }))
    const isOffered = async () =>
      (await readServices(database.db, room.lines, lineId))?.value.available.some(
        ({ terms }) => terms.code === 'abroad',
      )
    const already = {
      code: 'order_refused',
      facts: { conflicts: [{ conflict: 'already', about: 'abroad' }] },
    }
    await buy('abroad')
    await buy('abroad-more')
    await report(lineId, { amount: GB - 1, roaming: 'TR' })
    expect(await isOffered()).toBe(false)
    await expect(buy('abroad')).rejects.toMatchObject(already)
    await report(lineId, { amount: 1, roaming: 'TR' })
    expect(await isOffered()).toBe(true)
    room.clock.advance(86_400_000)
    const ends = new Date(room.clock.now().getTime() + 14 * 86_400_000)
    const bought = await Promise.allSettled([buy('abroad'), buy('abroad')])
    expect(bought.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const { connected, cash } = await room.see(lineId)
    expect(connected.map(({ offering }) => offering.terms.code).sort()).toEqual(['abroad', 'abroad-more'])
    expect(connected.find(({ offering }) => offering.terms.code === 'abroad')?.endsAt).toEqual(ends)
    expect(await left(lineId)).toContain(`option data ${GB}`)
    expect(cash.balance).toBe(200_000 - 50_000 - 2 * 10_000)
    await room.rate()
    await settle()
  })

  test('cannot spend money that usage has spent', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 1_000 })
    await report(lineId, { type: 'sms', amount: 4 })
    const taking = room.begun((tx) =>
      debitMoney(tx, room.lines, {
        lineId,
        ref: aRef(),
        kopecks: 100,
        to: 'income:fee',
        category: 'fee',
        title: { ru: 'Плата', en: 'Fee' },
      }),
    )
    await expect(taking).rejects.toMatchObject({ code: 'insufficient_balance' })
  })

  test('count usage that waits against a limit once', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 100_000 })
    await report(lineId, { type: 'sms', amount: 4 })
    await room.begun((tx) =>
      setLimit(tx, room.lines, { lineId, ref: aRef(), limit: 'spend-month', amountKopecks: 5_000 }),
    )
    expect((await room.see(lineId)).spent.kopecks).toBe(1_000)
    await atNextHour()
    expect((await room.see(lineId)).spent.kopecks).toBe(1_000)
  })

  test('end it with what is left; usage that comes later costs nothing', async () => {
    const lineId = await room.aLine({ tariff: 'bare', kopecks: 100_000 })
    const at = room.clock.now().toISOString()
    await report(lineId, { type: 'sms', amount: 4 })
    room.clock.advance(60_000)
    await room.begun((tx) => endLine(tx, room.lines, { lineId, ref: aRef() }))
    await report(lineId, { type: 'sms', amount: 4, at })
    await atNextHour()
    expect((await room.see(lineId)).cash.balance).toBe(99_000)
  })
})
