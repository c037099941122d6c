import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aLinesRoom, aRef, type LinesRoom } from '../../../../test/factories/lines.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import { audit, postTransfer, systemAccount } from '../../ledger/index.ts'
import {
  addBucket,
  advanceLines,
  blockLine,
  changeTariff,
  connectOffering,
  giveDiscount,
  type LineState,
  listCharges,
  promisePayment,
  setAutoTopUp,
  setLimit,
  unblockLine,
  wakeLines,
  workOnLine,
} from '../index.ts'

const GB = 1024 ** 3
const consent = { through: 'my', words: 'Согласен: 7 ₽ в день' }
const offerings = [
  aTariff(),
  aTariff({ code: 'thirty', period: '30-days', carriesOver: false }),
  aTariff({ code: 'dear', feeKopecks: 90_000, packages: [{ type: 'data', amount: null }] }),
  anOption(),
  anOption({ code: 'weekly', charge: 'weekly', feeKopecks: 3_000 }),
  anOption({ code: 'with-an-option', feeKopecks: 0, requires: ['an-option'] }),
  anOption({ code: 'roaming', charge: 'once', days: 14, connectionKopecks: 30_000, feeKopecks: 0 }),
  aContent(),
  aDiscount({ days: 40 }),
]

let database: TestDatabase
let room: LinesRoom
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-31T09:00:00Z') })
})
afterAll(async () => {
  expect(await audit(database.db)).toMatchObject({ sound: true })
  await database.drop()
})

const buckets = (line: LineState) =>
  line.buckets
    .filter(({ ended }) => !ended)
    .map(({ type, source, left }) => `${source} ${type} ${left}`)
    .sort()
const charged = async (lineId: string) => {
  const { items } = await listCharges(database.db, lineId, { limit: 100 })
  return items.toReversed().map(({ at, category, kopecks }) => `${at.slice(0, 16)} ${category} ${kopecks}`)
}
const connect = (lineId: string, code: string) =>
  room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code, consent }))
/** So much of the first bucket of a source is used up. */
const use = (lineId: string, source: string, amount: number) =>
  room.begun((tx) =>
    workOnLine(tx, room.lines, lineId, async ({ line }) => {
      const bucket = line.buckets.find((one) => one.source === source && one.type === 'data')!
      const legs = [
        { accountId: bucket.id, amount: -amount },
        { accountId: systemAccount('network', 'bytes'), amount },
      ]
      await postTransfer(tx, {
        scope: 'usage',
        key: aRef(),
        kind: 'usage',
        at: room.clock.now(),
        lineId,
        legs,
      })
    }),
  )

describe('the period of a tariff', () => {
  test('begins with the first money, takes its fee and gives its packages', async () => {
    const lineId = await room.aLine({ kopecks: 60_000 })
    const line = await room.see(lineId)
    expect(line).toMatchObject({ state: 'active', cash: { balance: 10_000 }, period: { paid: true } })
    expect(buckets(line)).toEqual([`tariff data ${30 * GB}`, 'tariff voice 30000'])
    expect(await charged(lineId)).toEqual(['2027-01-31T09:00 top-up 60000', '2027-01-31T09:00 tariff -50000'])
  })

  test('follows the calendar from the day of its beginning: 31 January, 28 February, 31 March', async () => {
    const lineId = await room.aLine({ kopecks: 250_000 })
    room.goTo('2027-05-01T00:00:00Z')
    await room.rate()
    expect((await charged(lineId)).slice(1)).toEqual([
      '2027-01-31T09:00 tariff -50000',
      '2027-02-28T09:00 tariff -50000',
      '2027-03-31T09:00 tariff -50000',
      '2027-04-30T09:00 tariff -50000',
    ])
  })

  test('lasts thirty days where the tariff says so, at the same time of day when clocks are changed', async () => {
    const lineId = await room.aLine({ tariff: 'thirty', timeZone: 'Europe/Berlin', kopecks: 200_000 })
    room.goTo('2027-05-01T00:00:00Z')
    await room.rate()
    expect((await charged(lineId)).slice(1)).toEqual([
      '2027-01-31T09:00 tariff -50000',
      '2027-03-02T09:00 tariff -50000',
      '2027-04-01T08:00 tariff -50000',
    ])
    expect((await room.see(lineId)).state).toBe('active')
  })

  test('carries over what is left, once', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    await use(lineId, 'tariff', 10 * GB)
    room.goTo('2027-02-28T09:00:00Z')
    await room.rate()
    expect(buckets(await room.see(lineId))).toEqual([
      `carried-over data ${20 * GB}`,
      'carried-over voice 30000',
      `tariff data ${30 * GB}`,
      'tariff voice 30000',
    ])
    await use(lineId, 'carried-over', 5 * GB)
    room.goTo('2027-03-31T09:00:00Z')
    await room.rate()
    expect(buckets(await room.see(lineId))).toContain(`carried-over data ${30 * GB}`)
  })

  test('ends with its packages where the money is not enough, and begins anew on the day when it comes', async () => {
    const lineId = await room.aLine({ kopecks: 60_000 })
    room.goTo('2027-03-05T10:00:00Z')
    await room.rate()
    const waiting = await room.see(lineId)
    expect(waiting).toMatchObject({ state: 'suspended', cash: { balance: 10_000 } })
    expect(buckets(waiting)).toEqual([])
    await room.pay(lineId, 30_000)
    expect((await room.see(lineId)).state).toBe('suspended')
    await room.pay(lineId, 10_000)
    const again = await room.see(lineId)
    expect(again).toMatchObject({ state: 'active', cash: { balance: 0 } })
    expect(again.period.to.toISOString()).toBe('2027-04-05T10:00:00.000Z')
    expect(buckets(again)).toEqual([`tariff data ${30 * GB}`, 'tariff voice 30000'])
  })

  test('tells of a fee that the balance does not hold, and that the line is active again', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    room.goTo('2027-02-28T10:00:00Z')
    await room.rate()
    expect(room.events).toContainEqual(
      expect.objectContaining({
        notice: 'fee-not-covered',
        lineId,
        facts: { kopecks: 50_000, balanceKopecks: 0 },
      }),
    )
    await room.pay(lineId, 50_000)
    expect(room.notices()).toEqual(['fee-not-covered', 'line-active-again'])
  })

  test('costs less while a discount lasts', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    await room.begun((tx) => giveDiscount(tx, room.lines, { lineId, ref: aRef(), code: 'a-discount' }))
    room.goTo('2027-04-01T00:00:00Z')
    await room.rate()
    expect((await charged(lineId)).slice(2)).toEqual([
      '2027-02-28T09:00 tariff -25000',
      '2027-03-31T09:00 tariff -50000',
    ])
    expect((await room.see(lineId)).discounts).toEqual([])
  })

  test('is that of the next tariff once one was ordered', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    const act = { lineId, ref: aRef(), code: 'dear', when: 'period-end' } as const
    await room.begun((tx) => changeTariff(tx, room.lines, act))
    room.goTo('2027-02-28T09:00:00Z')
    await room.rate()
    const line = await room.see(lineId)
    expect(line).toMatchObject({ nextTariff: null, tariff: { terms: { code: 'dear' } } })
    expect(buckets(line)).toEqual(['carried-over voice 30000', 'tariff data 0'])
    expect((await charged(lineId)).at(-1)).toBe('2027-02-28T09:00 tariff -90000')
  })

  test('is not begun while the line is blocked; it begins when it is unblocked', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    await room.begun((tx) => blockLine(tx, room.lines, { lineId, ref: aRef(), reason: 'voluntary' }))
    room.goTo('2027-04-10T12:00:00Z')
    await room.rate()
    expect(await room.see(lineId)).toMatchObject({ state: 'blocked', cash: { balance: 150_000 } })
    await room.begun((tx) => unblockLine(tx, room.lines, { lineId, ref: aRef() }))
    const line = await room.see(lineId)
    expect(line).toMatchObject({ state: 'active', cash: { balance: 100_000 } })
    expect(line.period.to.toISOString()).toBe('2027-05-10T12:00:00.000Z')
  })
})

describe('an option', () => {
  test('is charged in its own rhythm, with its packages new each time', async () => {
    const lineId = await room.aLine({ kopecks: 70_000 })
    await connect(lineId, 'weekly')
    await use(lineId, 'option', GB)
    room.goTo('2027-02-14T09:00:00Z')
    await room.rate()
    const line = await room.see(lineId)
    expect((await charged(lineId)).slice(2)).toEqual([
      '2027-01-31T09:00 option -3000',
      '2027-02-07T09:00 option -3000',
      '2027-02-14T09:00 option -3000',
    ])
    expect(buckets(line)).toContain(`option data ${5 * GB}`)
  })

  test('rests when it cannot be paid, and goes on from the day when money comes', async () => {
    const lineId = await room.aLine({ kopecks: 60_000 })
    await connect(lineId, 'an-option')
    await room.pay(lineId, 50_000)
    room.goTo('2027-02-28T09:00:00Z')
    await room.rate()
    room.goTo('2027-03-02T09:00:00Z')
    const resting = await room.see(lineId)
    expect(resting.connected).toMatchObject([{ pausedFor: 'balance', nextChargeAt: null }])
    expect(buckets(resting)).not.toContain(`option data ${5 * GB}`)
    expect(room.notices()).toContain('option-paused')
    await room.pay(lineId, 10_000)
    const line = await room.see(lineId)
    expect(line.connected[0]?.nextChargeAt?.toISOString()).toBe('2027-04-02T09:00:00.000Z')
    expect(buckets(line)).toContain(`option data ${5 * GB}`)
  })

  test('that is charged once ends after its days, with what is left of it', async () => {
    const lineId = await room.aLine({ kopecks: 100_000 })
    await connect(lineId, 'roaming')
    room.goTo('2027-02-14T08:59:59Z')
    await room.rate()
    expect(buckets(await room.see(lineId))).toContain(`option data ${5 * GB}`)
    room.goTo('2027-02-14T09:00:00Z')
    await room.rate()
    const line = await room.see(lineId)
    expect(line.connected).toEqual([])
    expect(buckets(line)).toEqual([`tariff data ${30 * GB}`, 'tariff voice 30000'])
    expect(room.notices()).toEqual(['option-ended'])
  })

  test('rests while the tariff waits for money, which goes to the tariff first', async () => {
    const lineId = await room.aLine({ kopecks: 65_000 })
    await connect(lineId, 'weekly')
    room.goTo('2027-03-10T09:00:00Z')
    await room.rate()
    expect(await room.see(lineId)).toMatchObject({ state: 'suspended', connected: [{ pausedFor: 'line' }] })
    await room.pay(lineId, 50_000)
    expect(await room.see(lineId)).toMatchObject({ state: 'active', connected: [{ pausedFor: null }] })
    expect((await charged(lineId)).slice(-3)).toEqual([
      '2027-03-10T09:00 top-up 50000',
      '2027-03-10T09:00 tariff -50000',
      '2027-03-10T09:00 option -3000',
    ])
  })
})

describe('paid content', () => {
  test('takes its price a day to the partner, and rests when it cannot', async () => {
    const lineId = await room.aLine({ kopecks: 52_000 })
    await connect(lineId, 'a-content')
    room.goTo('2027-02-03T09:00:00Z')
    await room.rate()
    expect((await charged(lineId)).slice(2)).toEqual([
      '2027-01-31T09:00 content -700',
      '2027-02-01T09:00 content -700',
    ])
    expect((await room.see(lineId)).connected).toMatchObject([{ pausedFor: 'balance' }])
  })

  test('rests when the month’s limit is met, and goes on with the next month of the line’s calendar', async () => {
    const lineId = await room.aLine({ kopecks: 70_000, timeZone: 'Asia/Vladivostok' })
    room.goTo('2027-02-25T00:00:00Z')
    await room.begun((tx) =>
      setLimit(tx, room.lines, { lineId, ref: aRef(), limit: 'spend-month', amountKopecks: 1_500 }),
    )
    await connect(lineId, 'a-content')
    room.goTo('2027-02-28T13:59:00Z')
    await room.rate()
    expect((await room.see(lineId)).connected).toMatchObject([{ pausedFor: 'limit' }])
    await room.pay(lineId, 50_000)
    expect((await room.see(lineId)).connected).toMatchObject([{ pausedFor: 'limit' }])
    room.goTo('2027-02-28T14:00:00Z')
    await room.rate()
    expect((await room.see(lineId)).connected).toMatchObject([{ pausedFor: null }])
    expect((await charged(lineId)).filter((row) => row.includes('content'))).toEqual([
      '2027-02-25T00:00 content -700',
      '2027-02-26T00:00 content -700',
      '2027-02-28T14:00 content -700',
    ])
  })
})

describe('a promised payment', () => {
  const promise = (lineId: string, amountKopecks: number) =>
    room.begun((tx) => promisePayment(tx, room.lines, { lineId, ref: aRef(), amountKopecks }))

  test('begins the tariff’s period at once and is paid back with its fee when it is due', async () => {
    const lineId = await room.aLine({ kopecks: 40_000 })
    room.goTo('2027-06-15T09:00:00Z')
    const { dueAt, feeKopecks } = await promise(lineId, 20_000)
    expect([dueAt.toISOString(), feeKopecks]).toEqual(['2027-06-18T09:00:00.000Z', 5_000])
    expect(await room.see(lineId)).toMatchObject({ state: 'active', cash: { balance: 10_000 } })
    await room.pay(lineId, 50_000)
    room.goTo('2027-06-18T09:00:00Z')
    await room.rate()
    expect(await room.see(lineId)).toMatchObject({ promised: null, cash: { balance: 35_000 } })
    expect((await charged(lineId)).slice(-2)).toEqual([
      '2027-06-18T09:00 credit -20000',
      '2027-06-18T09:00 fee -5000',
    ])
  })

  test('that cannot be paid back takes what is there, suspends the line, and takes the next money first', async () => {
    const lineId = await room.aLine({ kopecks: 40_000 })
    room.goTo('2027-06-15T09:00:00Z')
    await promise(lineId, 20_000)
    room.goTo('2027-06-19T08:00:00Z')
    await room.rate()
    expect(await room.see(lineId)).toMatchObject({
      state: 'suspended',
      cash: { balance: 0 },
      promised: { overdue: true, repaidKopecks: 10_000 },
    })
    await room.pay(lineId, 14_000)
    expect(await room.see(lineId)).toMatchObject({ state: 'suspended', cash: { balance: 0 } })
    await room.pay(lineId, 2_000)
    expect(await room.see(lineId)).toMatchObject({
      state: 'active',
      promised: null,
      cash: { balance: 1_000 },
    })
    expect(room.notices()).toEqual([
      'line-active-again',
      'promised-overdue',
      'promised-repaid',
      'line-active-again',
    ])
  })
})

describe('the rating job', () => {
  test('has nothing to do when nothing is due', async () => {
    await room.aLine()
    expect(await advanceLines(database.db, room.lines, 10, () => undefined)).toBe(0)
  })

  test('takes what was bought when its time is over', async () => {
    const lineId = await room.aLine()
    const expiresAt = new Date('2027-02-10T00:00:00Z')
    const bucket = { lineId, ref: aRef(), type: 'data', amount: GB, source: 'gift', expiresAt } as const
    await room.begun((tx) => addBucket(tx, room.lines, bucket))
    expect(buckets(await room.see(lineId))).toContain(`gift data ${GB}`)
    room.goTo('2027-02-10T00:00:00Z')
    await room.rate()
    expect(buckets(await room.see(lineId))).toEqual([`tariff data ${30 * GB}`, 'tariff voice 30000'])
  })

  test('catches up with a line that nobody looked at for a year, in bounded steps', async () => {
    const lineId = await room.aLine({ kopecks: 2_000_000 })
    await connect(lineId, 'a-content')
    room.goTo('2028-01-31T09:00:00Z')
    const looks: number[] = []
    for (;;) {
      const looked = await advanceLines(database.db, room.lines, 10, () => undefined)
      if (looked === 0) break
      looks.push(looked)
    }
    expect(looks.length).toBeGreaterThan(3)
    const counted = await rows(
      database.db,
      sql`select category, count(*) from lines.charge where line_id = ${lineId} group by 1 order by 1`,
    )
    expect(counted).toEqual([
      { category: 'content', count: 366 },
      { category: 'tariff', count: 13 },
      { category: 'top-up', count: 1 },
    ])
  })

  test('shared by several workers charges each line once', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, () => room.aLine({ kopecks: 100_000 })))
    room.goTo('2027-02-28T09:00:00Z')
    await Promise.all(Array.from({ length: 4 }, () => room.rate(7)))
    for (const id of ids) expect((await room.see(id)).cash.balance).toBe(0)
  })

  test('sets a line that fails aside and goes on with the others', async () => {
    const [broken, sound] = [await room.aLine(), await room.aLine()]
    await rows(database.db, sql`update lines.line set cash_id = gen_random_uuid() where id = ${broken}`)
    room.goTo('2027-02-28T09:00:00Z')
    const defects: unknown[] = []
    await advanceLines(database.db, room.lines, 10, (error) => defects.push(error))
    expect(defects).toHaveLength(1)
    expect((await room.see(sound)).cash.balance).toBe(0)
    expect(await advanceLines(database.db, room.lines, 10, () => undefined)).toBe(0)
    await rows(database.db, sql`delete from lines.role where line_id = ${broken}`)
    await rows(database.db, sql`delete from lines.bucket where line_id = ${broken}`)
    await rows(database.db, sql`delete from lines.line where id = ${broken}`)
  })

  test('asks for an automatic top-up when a fee brings the balance below its threshold', async () => {
    const lineId = await room.aLine({ kopecks: 105_000 })
    const rule = { belowKopecks: 10_000, amountKopecks: 50_000, monthlyMaxKopecks: 100_000 }
    await room.begun((tx) => setAutoTopUp(tx, room.lines, { lineId, ref: aRef(), rule }))
    expect(room.topUps).toEqual([])
    room.goTo('2027-02-28T09:00:00Z')
    await room.rate()
    expect(room.topUps).toEqual([
      { lineId, balanceKopecks: 5_000, amountKopecks: 50_000, monthlyMaxKopecks: 100_000 },
    ])
  })

  test('asks for a top-up once a fall: not again before the balance has risen', async () => {
    const lineId = await room.aLine({ kopecks: 55_000 })
    const rule = { belowKopecks: 10_000, amountKopecks: 50_000, monthlyMaxKopecks: 100_000 }
    const asked = () => room.topUps.filter((one) => one.lineId === lineId).length
    const set = () => room.begun((tx) => setAutoTopUp(tx, room.lines, { lineId, ref: aRef(), rule }))
    await set()
    expect(asked()).toBe(1)
    await room.pay(lineId, 1_000)
    expect(asked()).toBe(1)
    await room.pay(lineId, 50_000)
    room.goTo('2027-05-15T09:00:00Z')
    await room.rate()
    expect(asked()).toBe(2)
    await set()
    expect(asked()).toBe(3)
  })

  test('tries again what waits when money came past it', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    room.goTo('2027-03-01T09:00:00Z')
    await room.rate()
    const { cash } = await room.see(lineId)
    const legs = [
      { accountId: cash.id, amount: 50_000 },
      { accountId: systemAccount('goodwill', 'kopecks'), amount: -50_000 },
    ]
    await room.begun(async (tx) => {
      await postTransfer(tx, { scope: 'test', key: aRef(), kind: 'test', at: room.clock.now(), lineId, legs })
      await wakeLines(tx, room.lines, [lineId])
    })
    await room.rate()
    expect(await room.see(lineId)).toMatchObject({ state: 'active', retryAt: null, cash: { balance: 0 } })
  })
})
