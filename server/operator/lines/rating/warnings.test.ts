import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aLinesRoom, aRef, type LinesRoom } from '../../../../test/factories/lines.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { audit } from '../../ledger/index.ts'
import {
  advanceLines,
  blockLine,
  changeTariff,
  connectOffering,
  giveDiscount,
  type LinesContext,
  promisePayment,
  transferMoney,
  unblockLine,
} from '../index.ts'

const consent = { through: 'my', words: 'Согласен: 7 ₽ в день' }
const offerings = [
  aTariff(),
  aTariff({ code: 'dear', feeKopecks: 90_000 }),
  aTariff({ code: 'free', feeKopecks: 0 }),
  anOption({ code: 'weekly', charge: 'weekly', feeKopecks: 3_000 }),
  aContent(),
  aDiscount(),
]

let database: TestDatabase
let room: LinesRoom
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  // The next fee is due on 28 February at noon by the line's clock.
  room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-31T09:00:00Z') })
})
afterAll(async () => {
  expect(await audit(database.db)).toMatchObject({ sound: true })
  await database.drop()
})

const warnings = (lineId: string) =>
  room.events.flatMap((event) =>
    event.kind === 'line-notice' && event.lineId === lineId && event.notice === 'fee-near'
      ? [event.facts]
      : [],
  )
const connect = (lineId: string, code: string) =>
  room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code, consent }))
/** Lets the rating job look at an instant. */
const at = (instant: string) => {
  room.goTo(instant)
  return room.rate()
}

describe('a fee that the balance does not hold', () => {
  test('is told a day before, with what is missing, and once', async () => {
    const lineId = await room.aLine({ kopecks: 62_000 })
    await at('2027-02-27T08:59:59Z')
    expect(warnings(lineId)).toEqual([])
    await at('2027-02-27T09:00:00Z')
    const facts = { kopecks: 50_000, balanceKopecks: 12_000, missingKopecks: 38_000, day: '2027-02-28' }
    expect(warnings(lineId)).toEqual([facts])
    await room.pay(lineId, 1_000)
    await at('2027-02-28T08:00:00Z')
    expect(warnings(lineId)).toEqual([facts])
    expect(room.notices()).toEqual(['fee-near'])
    await at('2027-02-28T09:00:00Z')
    expect(room.notices()).toEqual(['fee-near', 'fee-not-covered'])
  })

  test('is told of each fee anew', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    await at('2027-02-27T10:00:00Z')
    await room.pay(lineId, 60_000)
    await at('2027-03-30T10:00:00Z')
    expect(warnings(lineId)).toMatchObject([
      { day: '2027-02-28', missingKopecks: 50_000 },
      { day: '2027-03-31', missingKopecks: 40_000 },
    ])
  })

  test('is not told where the money came before', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    await at('2027-02-20T00:00:00Z')
    await room.pay(lineId, 50_000)
    await at('2027-03-01T00:00:00Z')
    expect(room.notices()).toEqual([])
  })

  test('is told at once where the money is spent within the last day', async () => {
    const lineId = await room.aLine({ kopecks: 110_000 })
    const to = await room.aLine({ kopecks: 110_000 })
    const toMsisdn = (await room.see(to)).msisdn
    await at('2027-02-28T01:00:00Z')
    expect(warnings(lineId)).toEqual([])
    room.goTo('2027-02-28T02:00:00Z')
    const rules = { ...room.lines.rules, transfer: { ...room.lines.rules.transfer, minAgeDays: 0 } }
    const sent = { lineId, toMsisdn, ref: aRef(), amountKopecks: 50_000 }
    await room.begun((tx) => transferMoney(tx, { ...room.lines, rules }, sent))
    await room.rate()
    expect(warnings(lineId)).toMatchObject([{ balanceKopecks: 9_500, missingKopecks: 40_500 }])
  })

  test('counts what an option takes within that day, and what a discount leaves', async () => {
    const [alone, both] = [await room.aLine({ kopecks: 86_000 }), await room.aLine({ kopecks: 86_000 })]
    for (const lineId of [alone, both])
      await room.begun((tx) => giveDiscount(tx, room.lines, { lineId, ref: aRef(), code: 'a-discount' }))
    room.goTo('2027-02-06T20:00:00Z')
    // Charged on the 6th, 13th and 20th, and on the 27th, eleven hours after the warning.
    await connect(both, 'weekly')
    await at('2027-02-27T10:00:00Z')
    expect(warnings(alone)).toEqual([])
    expect(warnings(both)).toMatchObject([{ kopecks: 25_000, balanceKopecks: 27_000, missingKopecks: 1_000 }])
  })

  test('counts what is owed', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    const promises = room.lines.rules.promises.map((rule) => ({ ...rule, fromAgeDays: 0, days: 28 }))
    const lines = { ...room.lines, rules: { ...room.lines.rules, promises: promises.slice(0, 1) } }
    await room.begun((tx) => promisePayment(tx, lines, { lineId, ref: aRef(), amountKopecks: 5_000 }))
    await at('2027-02-27T10:00:00Z')
    expect(warnings(lineId)).toMatchObject([{ balanceKopecks: 5_000, missingKopecks: 50_000 }])
  })

  test('is told of the tariff that comes next', async () => {
    const lineId = await room.aLine({ kopecks: 110_000 })
    await room.begun((tx) =>
      changeTariff(tx, room.lines, { lineId, ref: aRef(), code: 'dear', when: 'period-end' }),
    )
    await at('2027-02-27T10:00:00Z')
    expect(warnings(lineId)).toMatchObject([{ kopecks: 90_000, missingKopecks: 30_000 }])
  })

  test('is not told where there is no fee', async () => {
    const lineId = await room.aLine({ tariff: 'free', kopecks: 100 })
    await at('2027-03-20T10:00:00Z')
    expect(warnings(lineId)).toEqual([])
  })

  test('is not told of a line that is suspended, nor of one that is blocked until it is unblocked', async () => {
    const suspended = await room.aLine({ kopecks: 0 })
    const blocked = await room.aLine({ kopecks: 50_000 })
    await room.begun((tx) => blockLine(tx, room.lines, { lineId: blocked, ref: aRef(), reason: 'voluntary' }))
    await at('2027-02-27T10:00:00Z')
    expect([warnings(suspended), warnings(blocked)]).toEqual([[], []])
    await room.begun((tx) => unblockLine(tx, room.lines, { lineId: blocked, ref: aRef() }))
    await room.rate()
    expect(warnings(blocked)).toMatchObject([{ missingKopecks: 50_000 }])
  })
})

describe('nobody is woken', () => {
  test.each([
    ['in the night before', '2027-01-30T23:00:00Z', '2027-02-27T06:00:00Z'], // 2:00 → 9:00 on the day before
    ['late in the evening', '2027-01-31T19:30:00Z', '2027-02-28T06:00:00Z'], // 22:30 → 9:00 on the day itself
    ['in the evening', '2027-01-31T17:30:00Z', '2027-02-27T17:30:00Z'],
  ])('by a fee that falls due %s', async (_, opened, told) => {
    room = await aLinesRoom(database, offerings, { clock: manualClock(opened) })
    const lineId = await room.aLine({ kopecks: 50_000 })
    const instant = new Date(told).getTime()
    await at(new Date(instant - 1000).toISOString())
    expect(warnings(lineId)).toEqual([])
    await at(told)
    expect(warnings(lineId)).toHaveLength(1)
  })
})

describe('whatever becomes of the job', () => {
  test('one that is killed before its commit has told nobody, and the next one tells once', async () => {
    const heard: string[] = []
    const hear: LinesContext['announce'] = async (_, event) => {
      if (event.kind !== 'line-notice') return
      heard.push(event.notice)
      if (heard.length === 1) throw new Error('killed')
    }
    room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-31T09:00:00Z'), hear })
    const lineId = await room.aLine({ kopecks: 50_000 })
    room.goTo('2027-02-27T10:00:00Z')
    // The first try is rolled back; the line is taken by itself within the same look.
    await advanceLines(database.db, room.lines, 50, () => undefined)
    expect(heard).toEqual(['fee-near', 'fee-near'])
    expect((await room.see(lineId)).feeWarnedFor?.toISOString()).toBe('2027-02-28T09:00:00.000Z')
    await room.rate()
    expect(heard).toHaveLength(2)
  })

  test('two of them at one time tell once', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    room.goTo('2027-02-27T10:00:00Z')
    await Promise.all([room.rate(1), room.rate(1), room.rate(1)])
    expect(warnings(lineId)).toHaveLength(1)
  })

  test('one that was away until the fee was due does not say that it will be', async () => {
    const lineId = await room.aLine({ kopecks: 50_000 })
    room.goTo('2027-02-28T09:00:00Z')
    await room.rate()
    const told = room.events.filter((event) => event.kind === 'line-notice' && event.lineId === lineId)
    expect(told).toMatchObject([{ notice: 'fee-not-covered' }])
  })
})
