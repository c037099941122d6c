import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aLinesRoom, aRef, type LinesRoom } from '../../../../test/factories/lines.ts'
import { aContent, aDiscount, anOption, aTariff } from '../../../../test/factories/offerings.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { manualClock } from '../../../platform/clock.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import { audit, sumSystemAccount, systemAccount } from '../../ledger/index.ts'
import {
  addBucket,
  allowContent,
  type BlockReason,
  banContent,
  blockLine,
  changeHolder,
  changeTariff,
  checkCodeWord,
  connectOffering,
  creditMoney,
  debitMoney,
  disconnectOffering,
  endLine,
  endRole,
  eraseParty,
  findConnected,
  findLine,
  findLineByMsisdn,
  giveDiscount,
  giveRole,
  type LineState,
  linesOfParty,
  openLines,
  promisePayment,
  readSettings,
  setAutoTopUp,
  setCodeWord,
  setForwarding,
  setLimit,
  transferMoney,
  unblockLine,
} from '../index.ts'

const GB = 1024 ** 3
const consent = { through: 'my', words: 'Согласен: 7 ₽ в день' }
const offerings = [
  aTariff(),
  aTariff({ code: 'cheap', feeKopecks: 20_000, packages: [{ type: 'data', amount: GB }] }),
  aTariff({ code: 'ural', regions: ['ural'] }),
  anOption(),
  anOption({ code: 'child', feeKopecks: 0, requires: ['an-option'] }),
  anOption({ code: 'grandchild', feeKopecks: 0, requires: ['child'] }),
  anOption({ code: 'rival', feeKopecks: 0, excludes: ['an-option'] }),
  anOption({ code: 'of-a-tariff', feeKopecks: 0, requires: ['a-tariff'] }),
  anOption({ code: 'dear', connectionKopecks: 900_000 }),
  anOption({ code: 'gone', archived: true }),
  aContent(),
  aDiscount({ appliesTo: ['a-tariff'] }),
]

let database: TestDatabase
let room: LinesRoom
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  room = await aLinesRoom(database, offerings, { clock: manualClock('2027-01-15T09:00:00Z') })
})
afterAll(async () => {
  expect(await audit(database.db)).toMatchObject({ sound: true })
  await database.drop()
})

const connect = (lineId: string, code: string, agreed: typeof consent | undefined = consent) =>
  room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code, consent: agreed }))
const disconnect = (lineId: string, code: string) =>
  room.begun((tx) => disconnectOffering(tx, room.lines, { lineId, ref: aRef(), code }))
const change = (lineId: string, code: string, when: 'now' | 'period-end') =>
  room.begun((tx) => changeTariff(tx, room.lines, { lineId, ref: aRef(), code, when }))
const block = (lineId: string, reason: BlockReason) =>
  room.begun((tx) => blockLine(tx, room.lines, { lineId, ref: aRef(), reason }))
const send = (lineId: string, toMsisdn: string, amountKopecks: number) =>
  room.begun((tx) => transferMoney(tx, room.lines, { lineId, ref: aRef(), toMsisdn, amountKopecks }))
const codesOf = (line: LineState) => line.connected.map(({ offering }) => offering.terms.code)
const numberOf = async (lineId: string) => (await room.see(lineId)).msisdn
const refusedFor = (...conflicts: object[]) => ({
  code: 'order_refused',
  facts: { conflicts: conflicts.map((one) => expect.objectContaining(one)) },
})
const refused = async (work: Promise<unknown>, ...conflicts: object[]) =>
  expect(work).rejects.toMatchObject(refusedFor(...conflicts))

describe('connecting', () => {
  test('takes connection and first fee and gives the packages', async () => {
    const lineId = await room.aLine()
    await connect(lineId, 'an-option')
    const line = await room.see(lineId)
    expect(line.cash.balance).toBe(40_000)
    expect(line.buckets.find(({ source }) => source === 'option')).toMatchObject({
      left: 5 * GB,
      total: 5 * GB,
    })
  })

  test('is refused with every reason at once', async () => {
    const lineId = await room.aLine()
    await connect(lineId, 'rival')
    await refused(connect(lineId, 'rival'), { conflict: 'already', about: 'rival' })
    await refused(connect(lineId, 'an-option'), { conflict: 'excludes', about: 'rival' })
    await refused(connect(lineId, 'child'), { conflict: 'requires', about: 'an-option' })
    await refused(connect(lineId, 'dear'), {
      conflict: 'balance',
      facts: { kopecks: 910_000, balanceKopecks: 50_000 },
    })
    await refused(connect(lineId, 'gone'), { conflict: 'not-offered', about: 'gone' })
    await refused(connect(lineId, 'cheap'), { conflict: 'not-offered', about: 'cheap' })
    await block(lineId, 'voluntary')
    await refused(connect(lineId, 'a-content'), { conflict: 'line-state', about: 'blocked' })
  })

  test('of paid content needs a consent, which is kept as the proof after it was stopped', async () => {
    const lineId = await room.aLine()
    const without = room.begun((tx) =>
      connectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'a-content' }),
    )
    await expect(without).rejects.toMatchObject({ code: 'invalid_request' })
    const { connectedId } = await connect(lineId, 'a-content')
    room.clock.advance(25 * 3_600_000)
    await disconnect(lineId, 'a-content')
    expect(await findConnected(database.db, connectedId)).toMatchObject({
      lineId,
      since: new Date('2027-01-15T09:00:00Z'),
      endedAt: room.clock.now(),
      consent: { at: new Date('2027-01-15T09:00:00Z'), ...consent },
      spentKopecks: 1_400,
    })
    expect(
      await sumSystemAccount(database.db, systemAccount('partner:a-content', 'kopecks')),
    ).toBeGreaterThanOrEqual(1_400)
  })

  test('of paid content is impossible while it is banned', async () => {
    const lineId = await room.aLine()
    await room.begun((tx) => banContent(tx, room.lines, { lineId, ref: aRef() }))
    await refused(connect(lineId, 'a-content'), { conflict: 'content-banned' })
    await refused(
      room.begun((tx) => banContent(tx, room.lines, { lineId, ref: aRef() })),
      { conflict: 'already' },
    )
    await room.begun((tx) => allowContent(tx, room.lines, { lineId, ref: aRef() }))
    await connect(lineId, 'a-content')
  })

  test('stops at the month’s limit', async () => {
    const lineId = await room.aLine()
    const limit = { lineId, ref: aRef(), limit: 'spend-month', amountKopecks: 9_999 } as const
    await room.begun((tx) => setLimit(tx, room.lines, limit))
    await refused(connect(lineId, 'an-option'), { conflict: 'limit', about: 'spend-month' })
  })

  test('twice at the same time connects once', async () => {
    const lineId = await room.aLine()
    const both = await Promise.allSettled([connect(lineId, 'an-option'), connect(lineId, 'an-option')])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await room.see(lineId)).cash.balance).toBe(40_000)
  })
})

describe('disconnecting', () => {
  test('takes along what required it, and what is left of the packages', async () => {
    const lineId = await room.aLine()
    for (const code of ['an-option', 'child', 'grandchild', 'of-a-tariff']) await connect(lineId, code)
    expect(await disconnect(lineId, 'an-option')).toEqual({
      disconnected: ['an-option', 'child', 'grandchild'],
    })
    const line = await room.see(lineId)
    expect(codesOf(line)).toEqual(['of-a-tariff'])
    expect(line.buckets.filter(({ source }) => source === 'option')).toHaveLength(1)
    await refused(disconnect(lineId, 'child'), { conflict: 'not-connected', about: 'child' })
  })

  test('and connecting again is a new connection with a new fee', async () => {
    const lineId = await room.aLine()
    const first = await connect(lineId, 'an-option')
    await disconnect(lineId, 'an-option')
    const second = await connect(lineId, 'an-option')
    expect(second.connectedId).not.toBe(first.connectedId)
    expect((await room.see(lineId)).cash.balance).toBe(30_000)
  })
})

describe('changing the tariff', () => {
  test('now begins a new period, loses the packages, and takes unfit options off', async () => {
    const lineId = await room.aLine()
    await connect(lineId, 'of-a-tariff')
    room.goTo('2027-01-20T12:00:00Z')
    await change(lineId, 'cheap', 'now')
    const line = await room.see(lineId)
    expect(line).toMatchObject({
      tariff: { terms: { code: 'cheap' } },
      cash: { balance: 30_000 },
      connected: [],
    })
    expect(line.period.to.toISOString()).toBe('2027-02-20T12:00:00.000Z')
    expect(line.buckets.filter(({ ended }) => !ended)).toMatchObject([{ type: 'data', left: GB }])
  })

  test('again within thirty days costs, at the end of the period it does not', async () => {
    const lineId = await room.aLine({ kopecks: 200_000 })
    await change(lineId, 'cheap', 'now')
    await change(lineId, 'a-tariff', 'now')
    expect((await room.see(lineId)).cash.balance).toBe(200_000 - 50_000 - 20_000 - 50_000 - 15_000)
    await change(lineId, 'cheap', 'period-end')
    room.goTo('2027-02-15T09:00:00Z')
    await room.rate()
    expect(await room.see(lineId)).toMatchObject({
      tariff: { terms: { code: 'cheap' } },
      cash: { balance: 200_000 - 50_000 - 20_000 - 50_000 - 15_000 - 20_000 },
    })
  })

  test('that was ordered for the period’s end is taken back by the tariff of now', async () => {
    const lineId = await room.aLine()
    await refused(change(lineId, 'a-tariff', 'now'), { conflict: 'already' })
    await change(lineId, 'cheap', 'period-end')
    await refused(change(lineId, 'cheap', 'period-end'), { conflict: 'already' })
    await change(lineId, 'a-tariff', 'period-end')
    expect(await room.see(lineId)).toMatchObject({ nextTariff: null, cash: { balance: 50_000 } })
  })

  test('is refused where it is not on offer or cannot be paid', async () => {
    const lineId = await room.aLine({ kopecks: 60_000 })
    await refused(change(lineId, 'ural', 'period-end'), { conflict: 'not-offered', about: 'ural' })
    await refused(change(lineId, 'an-option', 'now'), { conflict: 'not-offered' })
    await refused(change(lineId, 'cheap', 'now'), { conflict: 'balance' })
  })

  test('lets a line that waits for money go on with a cheaper one', async () => {
    const lineId = await room.aLine({ kopecks: 75_000 })
    room.goTo('2027-02-20T09:00:00Z')
    await room.rate()
    await change(lineId, 'cheap', 'period-end')
    expect(await room.see(lineId)).toMatchObject({ state: 'active', cash: { balance: 5_000 } })
  })
})

describe('a block', () => {
  test('gives way to a graver one, and is lifted only for the reasons that may be', async () => {
    const lineId = await room.aLine()
    await block(lineId, 'voluntary')
    await block(lineId, 'lost')
    await refused(block(lineId, 'voluntary'), { conflict: 'already', about: 'lost' })
    const unblock = (only?: BlockReason[]) =>
      room.begun((tx) => unblockLine(tx, room.lines, { lineId, ref: aRef(), ...(only && { only }) }))
    await refused(unblock(['voluntary']), { conflict: 'line-state', about: 'lost' })
    await unblock(['lost'])
    await refused(unblock(), { conflict: 'line-state', about: 'active' })
    expect(room.notices()).toEqual(['line-blocked', 'line-blocked', 'line-unblocked'])
  })
})

describe('money', () => {
  const movement = (lineId: string, kopecks: number) =>
    ({ lineId, ref: aRef(), kopecks, category: 'credit', title: { ru: 'Бонус', en: 'Bonus' } }) as const

  test('comes once for one name, also to an ended line', async () => {
    const lineId = await room.aLine()
    const bonus = { ...movement(lineId, 500), from: 'goodwill' }
    const both = await Promise.all([1, 2].map(() => room.begun((tx) => creditMoney(tx, room.lines, bonus))))
    expect(both.sort()).toEqual([false, true])
    const other = room.begun((tx) => creditMoney(tx, room.lines, { ...bonus, kopecks: 700 }))
    await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' })
    await room.begun((tx) => endLine(tx, room.lines, { lineId, ref: aRef() }))
    await room.pay(lineId, 1_000)
    expect(await room.see(lineId)).toMatchObject({ state: 'ended', cash: { balance: 51_500 } })
  })

  test('is never taken below nothing', async () => {
    const lineId = await room.aLine()
    const take = (kopecks: number) =>
      room.begun((tx) =>
        debitMoney(tx, room.lines, { ...movement(lineId, kopecks), category: 'fee', to: 'income:fee' }),
      )
    await expect(take(50_001)).rejects.toMatchObject({
      code: 'insufficient_balance',
      facts: { kopecks: 50_001, balanceKopecks: 50_000 },
    })
    expect(await take(50_000)).toBe(true)
  })

  test('goes to another number with a fee, within the limits of a day and a month', async () => {
    const [from, to] = [await room.aLine({ kopecks: 5_000_000 }), await room.aLine()]
    room.goTo('2027-03-20T09:00:00Z')
    await room.rate()
    const number = await numberOf(to)
    const before = (await room.see(from)).cash.balance
    await send(from, number, 300_000)
    expect((await room.see(from)).cash.balance).toBe(before - 300_500)
    await refused(send(from, number, 300_000), { conflict: 'limit', about: 'day' })
    await refused(send(from, number, 1), { conflict: 'limit', about: 'amount' })
    for (const day of [21, 22]) {
      room.goTo(`2027-03-${day}T09:00:00Z`)
      await send(from, number, 500_000)
    }
    room.goTo('2027-03-23T09:00:00Z')
    await refused(send(from, number, 300_000), { conflict: 'limit', about: 'month' })
    room.goTo('2027-03-31T21:00:00Z')
    await send(from, number, 300_000)
  })

  test('goes to no unknown number, not to oneself, and not from a young line or borrowed', async () => {
    const [from, to] = [await room.aLine({ kopecks: 500_000 }), await room.aLine()]
    await refused(send(from, '79990000000', 5_000), { conflict: 'unknown-number' })
    await refused(send(from, await numberOf(from), 5_000), { conflict: 'own-number' })
    await refused(send(from, await numberOf(to), 5_000), { conflict: 'too-early' })
    room.goTo('2027-04-20T09:00:00Z')
    await room.begun((tx) =>
      promisePayment(tx, room.lines, { lineId: from, ref: aRef(), amountKopecks: 5_000 }),
    )
    await refused(send(from, await numberOf(to), 5_000), { conflict: 'debt' })
  })

  test('crosses between two lines that send to each other at the same time', async () => {
    const [a, b] = [await room.aLine({ kopecks: 500_000 }), await room.aLine({ kopecks: 500_000 })]
    room.goTo('2027-04-14T09:00:00Z')
    const [toA, toB] = [await numberOf(a), await numberOf(b)]
    await Promise.all([1, 2, 3, 4].flatMap(() => [send(a, toB, 10_000), send(b, toA, 10_000)]))
    expect((await room.see(a)).cash.balance).toBe((await room.see(b)).cash.balance)
  })
})

describe('a promised payment', () => {
  const promise = (lineId: string, amountKopecks: number) =>
    room.begun((tx) => promisePayment(tx, room.lines, { lineId, ref: aRef(), amountKopecks }))

  test('is as large as the line is old, and one at a time', async () => {
    const lineId = await room.aLine()
    await refused(promise(lineId, 5_000), { conflict: 'too-early' })
    room.goTo('2027-02-14T09:00:00Z')
    await refused(promise(lineId, 5_001), {
      conflict: 'limit',
      facts: { minKopecks: 1_000, maxKopecks: 5_000 },
    })
    await refused(promise(lineId, 999), { conflict: 'limit' })
    await promise(lineId, 5_000)
    await refused(promise(lineId, 5_000), { conflict: 'debt' })
  })
})

describe('settings', () => {
  test('are told as they were set', async () => {
    const lineId = await room.aLine()
    const rule = { belowKopecks: 0, amountKopecks: 30_000, monthlyMaxKopecks: 90_000 }
    await room.begun(async (tx) => {
      const act = { lineId, ref: aRef() }
      await setForwarding(tx, room.lines, { ...act, condition: 'busy', toMsisdn: '79001112233' })
      await setForwarding(tx, room.lines, { ...act, condition: 'always', toMsisdn: '79001112233' })
      await setForwarding(tx, room.lines, { ...act, condition: 'always', toMsisdn: null })
      await setLimit(tx, room.lines, { ...act, limit: 'roaming-day', amountKopecks: 10_000 })
      await setAutoTopUp(tx, room.lines, { ...act, rule })
      await setCodeWord(tx, room.lines, { lineId, word: 'ёлка' })
    })
    const owner = { name: 'Анна Орлова', role: 'owner', since: '2027-01-15T09:00:00.000Z' }
    expect((await readSettings(database.db, room.lines, lineId))?.value).toEqual({
      limits: { spendMonthKopecks: null, roamingDayKopecks: 10_000 },
      spentThisMonthKopecks: 0,
      forwarding: [{ condition: 'busy', toMsisdn: '79001112233' }],
      autoTopUp: rule,
      codeWordSet: true,
      people: [{ id: expect.any(String), ...owner }],
      former: [],
    })
  })

  test('forward to no number of the line itself', async () => {
    const lineId = await room.aLine()
    const toMsisdn = await numberOf(lineId)
    const own = { lineId, ref: aRef(), condition: 'always', toMsisdn } as const
    await refused(
      room.begun((tx) => setForwarding(tx, room.lines, own)),
      { conflict: 'own-number' },
    )
  })

  test('keep the code word unreadable, and hear it as it is spoken', async () => {
    const lineId = await room.aLine()
    const msisdn = await numberOf(lineId)
    await room.begun((tx) => setCodeWord(tx, room.lines, { lineId, word: 'Зелёный  Кот' }))
    const check = (word: string, number = msisdn) => checkCodeWord(database.db, { msisdn: number, word })
    expect(await check(' зеленый кот')).toBe(lineId)
    expect(await check('зелёный кит')).toBeUndefined()
    expect(await check('зелёный кот', '79990000001')).toBeUndefined()
    const [kept] = await rows(
      database.db,
      sql<{ text: string }>`select l::text as text from lines.line l where id = ${lineId}`,
    )
    expect(kept?.text).not.toMatch(/кот/i)
    await room.begun((tx) => setCodeWord(tx, room.lines, { lineId, word: null }))
    expect(await check('зелёный кот')).toBeUndefined()
  })

  test('give a discount once', async () => {
    const lineId = await room.aLine()
    const give = () =>
      room.begun((tx) => giveDiscount(tx, room.lines, { lineId, ref: aRef(), code: 'a-discount' }))
    expect(await give()).toMatchObject({ endsAt: null })
    await refused(give(), { conflict: 'already' })
  })
})

describe('people', () => {
  test('use and see a line for as long as they may', async () => {
    const [owner, child, friend] = [
      await room.aParty('Мать'),
      await room.aParty('Сын'),
      await room.aParty('Друг'),
    ]
    const lineId = await room.aLine({ partyId: owner })
    const validTo = new Date('2027-01-20T00:00:00Z')
    await room.begun(async (tx) => {
      await giveRole(tx, room.lines, { lineId, partyId: friend, role: 'trusted', validTo })
      await giveRole(tx, room.lines, { lineId, partyId: child, role: 'trusted', validTo: null })
      await giveRole(tx, room.lines, { lineId, partyId: child, role: 'user', validTo: null })
    })
    const roles = async () =>
      (await findLine(database.db, room.lines, lineId))?.people.map(({ name, role }) => `${name} ${role}`)
    expect(await roles()).toEqual(['Мать owner', 'Сын user', 'Друг trusted'])
    room.goTo('2027-01-20T00:00:00Z')
    expect(await roles()).toEqual(['Мать owner', 'Сын user'])
    await room.begun((tx) => endRole(tx, room.lines, { lineId, partyId: child }))
    expect(await roles()).toEqual(['Мать owner'])
    const last = room.begun((tx) => endRole(tx, room.lines, { lineId, partyId: owner }))
    await expect(last).rejects.toMatchObject({ code: 'conflict' })
  })

  test('are remembered by name once they are no more trusted, until the line changes hands or the name goes', async () => {
    const lineId = await room.aLine()
    const [friend, aunt] = [await room.aParty('Друг'), await room.aParty('Тётя')]
    const trust = (partyId: string) =>
      room.begun((tx) => giveRole(tx, room.lines, { lineId, partyId, role: 'trusted', validTo: null }))
    const end = (partyId: string) => {
      room.clock.advance(60_000)
      return room.begun((tx) => endRole(tx, room.lines, { lineId, partyId }))
    }
    const former = async () =>
      (await readSettings(database.db, room.lines, lineId))?.value.former?.map(({ name }) => name)
    await trust(friend)
    await trust(aunt)
    expect(await former()).toEqual([])
    await end(friend)
    expect(await former()).toEqual(['Друг'])
    await end(aunt)
    expect(await former()).toHaveLength(2)
    await room.begun((tx) => eraseParty(tx, room.lines, aunt))
    expect(await former()).toEqual(['Друг'])
    await trust(friend)
    expect(await former()).toEqual([])
    await end(friend)
    expect(await former()).toEqual(['Друг'])
    const heir = await room.aParty('Новый владелец')
    await room.begun((tx) => changeHolder(tx, room.lines, { lineId, ref: aRef(), partyId: heir }))
    expect(await former()).toEqual([])
  })

  test('see their own lines before those of others', async () => {
    const me = await room.aParty('Я')
    const other = await room.aLine()
    await room.begun((tx) =>
      giveRole(tx, room.lines, { lineId: other, partyId: me, role: 'trusted', validTo: null }),
    )
    const mine = await room.aLine({ partyId: me })
    const found = await linesOfParty(database.db, room.lines, me)
    expect(found).toMatchObject([
      { id: mine, role: 'owner' },
      { id: other, role: 'trusted' },
    ])
  })

  test('all go with the code word when the line changes hands', async () => {
    const lineId = await room.aLine()
    const heir = await room.aParty('Новый владелец')
    await room.begun((tx) => setCodeWord(tx, room.lines, { lineId, word: 'секрет' }))
    await room.begun((tx) => changeHolder(tx, room.lines, { lineId, ref: aRef(), partyId: heir }))
    expect((await findLine(database.db, room.lines, lineId))?.people).toEqual([
      { partyId: heir, name: 'Новый владелец', role: 'owner' },
    ])
    expect((await room.see(lineId)).codeWordSet).toBe(false)
    expect(room.events.map(({ kind }) => kind)).toContain('line-ended')
  })

  test('are forgotten by name and by whom they called, each for the time that the line was theirs', async () => {
    const [first, heir] = [await room.aParty('Прежний'), await room.aParty('Нынешний')]
    const lineId = await room.aLine({ partyId: first })
    const call = (other: string) =>
      rows(
        database.db,
        sql`insert into lines.usage (line_id, at, id, type, direction, amount, other)
            values (${lineId}, ${room.clock.now()}, gen_random_uuid(), 'voice', 'out', 60, ${other})`,
      )
    await call('79001110000')
    room.clock.advance(3_600_000)
    await room.begun((tx) => changeHolder(tx, room.lines, { lineId, ref: aRef(), partyId: heir }))
    await call('79002220000')
    const erase = () => room.begun((tx) => eraseParty(tx, room.lines, first))
    expect(await erase()).toEqual({ names: 1, numbers: 1 })
    expect(await erase()).toEqual({ names: 0, numbers: 0 })
    const kept = await rows(
      database.db,
      sql`select p.name, u.other from lines.role r join lines.party p on p.id = r.party_id
          join lines.usage u on u.line_id = r.line_id and u.at >= r.valid_from and (r.valid_to is null or u.at < r.valid_to)
          where r.line_id = ${lineId} order by u.at`,
    )
    expect(kept).toEqual([
      { name: '', other: null },
      { name: 'Нынешний', other: '79002220000' },
    ])
  })
})

describe('the end of a line', () => {
  test('ends everything on it, keeps the balance, and frees the number', async () => {
    const lineId = await room.aLine()
    const msisdn = await numberOf(lineId)
    await connect(lineId, 'an-option')
    await room.begun((tx) =>
      addBucket(tx, room.lines, {
        lineId,
        ref: aRef(),
        type: 'sms',
        amount: 50,
        source: 'bought',
        expiresAt: null,
      }),
    )
    await room.begun((tx) => endLine(tx, room.lines, { lineId, ref: aRef() }))
    const line = await room.see(lineId)
    expect(line).toMatchObject({ state: 'ended', connected: [], cash: { balance: 40_000 } })
    expect(line.buckets.filter(({ ended, left }) => !ended || left > 0)).toEqual([])
    expect(room.events.at(-2)).toEqual({ kind: 'line-ended', lineId, msisdn })
    expect(await findLineByMsisdn(database.db, room.lines, msisdn)).toBeUndefined()
    expect((await findLine(database.db, room.lines, lineId))?.people).toEqual([])
    await refused(block(lineId, 'lost'), { conflict: 'line-state', about: 'ended' })
    const again = {
      partyId: await room.aParty(),
      msisdn,
      region: 'msk',
      timeZone: 'Europe/Moscow',
      tariffId: line.tariff.id,
    }
    const [second] = await room.begun((tx) => openLines(tx, room.lines, [again]))
    expect((await findLineByMsisdn(database.db, room.lines, msisdn))?.id).toBe(second)
    const taken = room.begun((tx) => openLines(tx, room.lines, [again]))
    await expect(taken).rejects.toMatchObject({ code: 'conflict', facts: { what: 'msisdn' } })
  })
})

test('nothing is done to a line that is not there', async () => {
  const lineId = '0190aaaa-0000-7000-8000-000000000000'
  await expect(connect(lineId, 'an-option')).rejects.toMatchObject({ code: 'not_found' })
  await expect(room.pay(lineId, 1_000)).rejects.toMatchObject({ code: 'not_found' })
  expect(await readSettings(database.db, room.lines, lineId)).toBeUndefined()
})
