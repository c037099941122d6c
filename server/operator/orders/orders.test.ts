import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OrderRequest } from '../../../contracts/orders.ts'
import { aLinesRoom, aRef, type LinesRoom } from '../../../test/factories/lines.ts'
import { aContent, anOption, aTariff } from '../../../test/factories/offerings.ts'
import { NO_MARKET, NO_TILL } from '../../../test/factories/payments.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { rows, sql } from '../../platform/database/index.ts'
import type { Loop } from '../../platform/loop.ts'
import { createLog } from '../../platform/telemetry/index.ts'
import type { By } from '../edge/index.ts'
import { audit } from '../ledger/index.ts'
import { connectOffering, disconnectOffering, listCharges, lockLine } from '../lines/index.ts'
import {
  countOrdersToApprove,
  DEFAULT_ORDER_RULES,
  decideOrder,
  findOrder,
  listOrders,
  listOrdersToApprove,
  type OrdersContext,
  placeOrder,
  previewOrder,
  startOrders,
  undoOrder,
} from './index.ts'

let database: TestDatabase
let room: LinesRoom
let context: OrdersContext
let loop: Loop
beforeAll(async () => {
  database = await createTestDatabase()
  room = await aLinesRoom(database, [
    aTariff(),
    aTariff({ code: 'cheap', feeKopecks: 20_000 }),
    anOption(),
    anOption({ code: 'other', excludes: ['an-option'] }),
    aContent(),
    aContent({ code: 'jokes', feeKopecks: 300 }),
  ])
  context = {
    clock: room.clock,
    log: createLog({ level: 'silent' }),
    announce: room.lines.announce,
    lines: room.lines,
    rules: DEFAULT_ORDER_RULES,
    till: NO_TILL,
    market: NO_MARKET,
  }
  loop = startOrders(database.db, context)
})
beforeEach(() => {
  room.events.length = 0
})
afterAll(async () => {
  await loop.stop()
  await database.drop()
})

const owner = (more: Partial<By> = {}): By => ({
  kind: 'subscriber',
  id: randomUUID(),
  name: 'Анна Орлова',
  through: 'my',
  trust: 4,
  lineRole: 'owner',
  fresh: false,
  roles: [],
  ...more,
})
const staff = (...roles: string[]): By => owner({ kind: 'agent', through: 'desk', lineRole: null, roles })
const place = (
  lineId: string,
  request: OrderRequest,
  by = owner(),
  more: { id?: string; digest?: string } = {},
) => placeOrder(database.db, context, by, { id: randomUUID(), lineId, request, ...more })
const refused = (code: string) => expect.objectContaining({ code })
const CONNECT = { kind: 'connect-option', code: 'an-option' } as const
const STOP = { kind: 'stop-content', code: 'a-content' } as const

async function aLineWithContent(): Promise<string> {
  const lineId = await room.aLine({ kopecks: 200_000 })
  for (const code of ['a-content', 'jokes']) {
    const consent = { through: 'my', words: 'Да' }
    await room.begun((tx) => connectOffering(tx, room.lines, { lineId, ref: aRef(), code, consent }))
  }
  return lineId
}
const connectedCodes = async (lineId: string) =>
  (await room.see(lineId)).connected.map(({ offering }) => offering.terms.code).sort()

describe('looking before', () => {
  test('tells what it costs now and later, what it brings, and changes nothing', async () => {
    const lineId = await room.aLine()
    const before = await room.see(lineId)
    const preview = await previewOrder(database.db, context, owner(), lineId, CONNECT)
    expect(preview).toMatchObject({ possible: true, undoMs: 0, needs: 'nothing' })
    expect(preview.effects).toMatchObject([
      { effect: 'charge-now', kopecks: 10_000, for: 'an-option' },
      { effect: 'charge-later', kopecks: 10_000, for: 'an-option', every: 'monthly' },
      { effect: 'gain', type: 'data', amount: 5 * 1024 ** 3 },
    ])
    expect(await room.see(lineId)).toEqual(before)
  })

  test('tells every conflict at once', async () => {
    const lineId = await room.aLine({ kopecks: 61_000 })
    await place(lineId, CONNECT)
    const { possible, effects } = await previewOrder(database.db, context, owner(), lineId, {
      kind: 'connect-option',
      code: 'other',
    })
    expect(possible).toBe(false)
    expect(effects.flatMap((one) => (one.effect === 'conflict' ? [one.conflict] : []))).toEqual([
      'excludes',
      'balance',
    ])
  })

  test('asks for a fresh code before money leaves, for a second pair of eyes before much is given', async () => {
    const lineId = await room.aLine()
    const transfer = { kind: 'transfer-money', toMsisdn: '79991234567', amountKopecks: 1000 } as const
    expect((await previewOrder(database.db, context, owner(), lineId, transfer)).needs).toBe('fresh-code')
    expect((await previewOrder(database.db, context, owner({ fresh: true }), lineId, transfer)).needs).toBe(
      'nothing',
    )
    const gift = { kind: 'goodwill-credit', amountKopecks: 40_000, reason: 'Обещали и не сделали' } as const
    expect((await previewOrder(database.db, context, staff('agent'), lineId, gift)).needs).toBe('approval')
    expect((await previewOrder(database.db, context, staff('supervisor'), lineId, gift)).needs).toBe(
      'nothing',
    )
  })
})

describe('an order', () => {
  test('is done once however often it is sent, at the same time too', async () => {
    const lineId = await room.aLine()
    const { cash } = await room.see(lineId)
    const id = randomUUID()
    const by = owner()
    const answers = await Promise.all(Array.from({ length: 5 }, () => place(lineId, CONNECT, by, { id })))
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['done']))
    expect((await room.see(lineId)).cash.balance).toBe(cash.balance - 10_000)
    expect(room.events.filter(({ kind }) => kind === 'order-changed')).toHaveLength(1)
    await expect(place(lineId, { ...CONNECT, code: 'other' }, by, { id })).rejects.toEqual(
      refused('idempotency_key_reused'),
    )
  })

  test('that would do something else than was agreed to is refused with what it would do now', async () => {
    const lineId = await room.aLine({ kopecks: 500_000 })
    const change = (code: string) => ({ kind: 'change-tariff', code, when: 'now' }) as const
    const { digest } = await previewOrder(database.db, context, owner(), lineId, change('cheap'))
    await place(lineId, change('cheap'), owner(), { digest })
    // Within a month a second change costs something: what was seen before the first one does not hold.
    await expect(place(lineId, change('a-tariff'), owner(), { digest })).rejects.toMatchObject({
      code: 'conflict',
      facts: {
        effects: expect.arrayContaining([{ effect: 'charge-now', kopecks: 15_000, for: 'tariff-change' }]),
      },
    })
  })

  test('to send money locks both lines in the order of their ids, so that none wait for each other in a circle', async () => {
    const [first, second] = [
      await room.aLine({ kopecks: 300_000 }),
      await room.aLine({ kopecks: 300_000 }),
    ].sort()
    room.clock.advance(61 * 86_400_000)
    await room.rate()
    const { msisdn } = await room.see(first!)
    const request = { kind: 'transfer-money', toMsisdn: msisdn, amountKopecks: 1_000 } as const
    await room
      .begun(async (tx) => {
        await lockLine(tx, first!)
        const waits = place(second!, request, owner({ fresh: true })).catch((error: unknown) => error)
        await expect
          .poll(() => rows(database.db, sql`select 1 from pg_locks where not granted`))
          .not.toHaveLength(0)
        await room.begun((other) =>
          rows(other, sql`select id from lines.line where id = ${second} for update nowait`),
        )
        return () => waits
      })
      .then((settled) => settled())
  })

  test('for a phone’s settings is done a few times a day: each is an SMS', async () => {
    const lineId = await room.aLine()
    const request = { kind: 'send-settings', topic: 'internet' } as const
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => place(lineId, request)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(DEFAULT_ORDER_RULES.settingsDay)
    expect(room.notices().filter((one) => one === 'settings-internet')).toHaveLength(5)
    expect((await previewOrder(database.db, context, owner(), lineId, request)).effects).toEqual([
      { effect: 'conflict', conflict: 'too-often', about: null },
    ])
    room.clock.advance(86_400_001)
    expect((await place(lineId, request)).state).toBe('done')
  })

  test('for a limit that is reached already says what stops; it can be set all the same', async () => {
    const lineId = await room.aLine()
    // 100 ₽ of this month's.
    await place(lineId, CONNECT)
    const toSet = (amountKopecks: number | null, limit: 'spend-month' | 'roaming-day' = 'spend-month') =>
      ({ kind: 'set-limit', limit, amountKopecks }) as const
    const effectsOf = async (request: ReturnType<typeof toSet>) =>
      (await previewOrder(database.db, context, owner(), lineId, request)).effects
    expect(await effectsOf(toSet(10_001))).toEqual([])
    expect(await effectsOf(toSet(null))).toEqual([])
    expect(await effectsOf(toSet(1_000, 'roaming-day'))).toEqual([])
    for (const amountKopecks of [10_000, 5_000])
      expect(await effectsOf(toSet(amountKopecks))).toEqual([
        { effect: 'warning', warning: 'month-limit-spent', about: null },
      ])
    expect((await place(lineId, toSet(5_000))).state).toBe('done')
    // Next month nothing is spent yet.
    room.clock.advance(31 * 86_400_000)
    expect(await effectsOf(toSet(1))).toEqual([])
  })

  test('with a conflict is refused and leaves nothing', async () => {
    const lineId = await room.aLine()
    await place(lineId, CONNECT)
    await expect(place(lineId, CONNECT)).rejects.toMatchObject({
      code: 'order_refused',
      facts: { conflicts: [{ conflict: 'already' }] },
    })
    expect((await listOrders(database.db, lineId, { limit: 10 })).items).toHaveLength(1)
  })

  test('is refused to who may not: by role on the line, by trust, by code, by who they are', async () => {
    const lineId = await room.aLine()
    const gift = { kind: 'goodwill-credit', amountKopecks: 100, reason: 'просто так' } as const
    const content = { kind: 'connect-content', code: 'a-content', consent: 'Да' } as const
    const transfer = { kind: 'transfer-money', toMsisdn: '79991234567', amountKopecks: 1000 } as const
    const block = { kind: 'block-line', reason: 'voluntary' } as const
    await expect(place(lineId, block, owner({ lineRole: 'user' }))).rejects.toEqual(refused('forbidden'))
    await expect(place(lineId, CONNECT, owner({ lineRole: 'trusted' }))).rejects.toEqual(refused('forbidden'))
    await expect(place(lineId, CONNECT, owner({ lineRole: null }))).rejects.toEqual(refused('forbidden'))
    await expect(place(lineId, block, owner({ trust: 3 }))).rejects.toEqual(refused('fresh_code_required'))
    await expect(place(lineId, transfer)).rejects.toEqual(refused('fresh_code_required'))
    await expect(place(lineId, gift)).rejects.toEqual(refused('forbidden'))
    await expect(place(lineId, content, staff('agent'))).rejects.toEqual(refused('forbidden'))
    await expect(place(lineId, transfer, staff('agent'))).rejects.toEqual(refused('forbidden'))
    await expect(place(randomUUID(), CONNECT)).rejects.toEqual(refused('not_found'))
  })
})

describe('switching a paid subscription off', () => {
  test('is carried out after ten seconds, once', async () => {
    const lineId = await aLineWithContent()
    const { id, state, undoableUntil } = await place(lineId, STOP)
    expect({ state, undoableUntil }).toEqual({
      state: 'waiting',
      undoableUntil: new Date(room.clock.now().getTime() + 10_000).toISOString(),
    })
    room.clock.advance(9_999)
    await loop.drain()
    expect(await connectedCodes(lineId)).toEqual(['a-content', 'jokes'])
    room.clock.advance(1)
    await Promise.all([loop.drain(), loop.drain()])
    expect(await connectedCodes(lineId)).toEqual(['jokes'])
    expect(await findOrder(database.db, id)).toMatchObject({ state: 'done', undoableUntil: null })
    const states = room.events.flatMap((one) => (one.kind === 'order-changed' ? [one.order.state] : []))
    expect(states).toEqual(['waiting', 'done'])
  })

  test.each([
    ['one', STOP],
    ['all of them', { kind: 'stop-all-content' } as const],
  ])('costs nothing more, however late it is carried out: %s', async (_, request) => {
    const lineId = await aLineWithContent()
    room.clock.advance(86_400_000 - 5_000)
    await room.rate()
    const before = (await room.see(lineId)).cash.balance
    const { id } = await place(lineId, request)
    // The next day's fee falls due within the ten seconds; then nobody carries orders out for two days.
    room.clock.advance(2 * 86_400_000)
    await room.rate()
    await loop.drain()
    expect(await findOrder(database.db, id)).toMatchObject({ state: 'done' })
    const kept = request.kind === 'stop-content' ? 2 * 300 : 0
    expect((await room.see(lineId)).cash.balance).toBe(before - kept)
    const told = await listCharges(database.db, lineId, { limit: 3 })
    expect(told.items[0]?.title.en).toMatch(/^Money back: /)
  })

  test('can be taken back within them, and not after', async () => {
    const lineId = await aLineWithContent()
    const { id } = await place(lineId, STOP)
    expect((await undoOrder(database.db, context, owner(), id)).state).toBe('undone')
    expect((await undoOrder(database.db, context, owner(), id)).state).toBe('undone')
    room.clock.advance(20_000)
    await loop.drain()
    expect(await connectedCodes(lineId)).toContain('a-content')
    const second = await place(lineId, STOP)
    room.clock.advance(10_000)
    await expect(undoOrder(database.db, context, owner(), second.id)).rejects.toEqual(refused('not_undoable'))
    await loop.drain()
    await expect(undoOrder(database.db, context, owner(), second.id)).rejects.toEqual(refused('not_undoable'))
  })

  test('is taken back by whoever may have it, and who did that through which door stands on it', async () => {
    const lineId = await aLineWithContent()
    const { id } = await place(lineId, STOP)
    const irina = { ...staff('agent'), name: 'Ирина Белова' }
    const undone = await undoOrder(database.db, context, irina, id)
    const undoneBy = { kind: 'agent', name: 'Ирина Белова', through: 'desk' }
    expect(undone).toMatchObject({ state: 'undone', by: { kind: 'subscriber', through: 'my' }, undoneBy })
    expect(await undoOrder(database.db, context, owner(), id)).toMatchObject({ undoneBy })
    const told = room.events.flatMap((one) => (one.kind === 'order-changed' ? [one.order.undoneBy] : []))
    expect(told).toEqual([undefined, undoneBy])
    const shared = await place(
      lineId,
      { kind: 'share-line', toMsisdn: '79031112233' },
      owner({ fresh: true }),
    )
    const undo = (by: By) => undoOrder(database.db, context, by, shared.id)
    await expect(undo(owner({ lineRole: 'user' }))).rejects.toEqual(refused('forbidden'))
    expect((await undo(staff('agent'))).state).toBe('undone')
  })

  test('waits once: a second order for the same is told so', async () => {
    const lineId = await aLineWithContent()
    await place(lineId, STOP)
    await expect(place(lineId, STOP)).rejects.toEqual(refused('order_refused'))
    await place(lineId, { kind: 'stop-all-content' })
    await place(lineId, { kind: 'ban-content' })
    room.clock.advance(10_000)
    await loop.drain()
    expect(await connectedCodes(lineId)).toEqual([])
    const again = { kind: 'connect-content', code: 'a-content', consent: 'Да' } as const
    await expect(place(lineId, again)).rejects.toMatchObject({
      facts: { conflicts: [{ conflict: 'content-banned' }] },
    })
  })

  test('that has become impossible meanwhile is refused with its reason, visibly', async () => {
    const lineId = await aLineWithContent()
    const { id } = await place(lineId, { kind: 'ban-content' })
    const other = await place(lineId, STOP)
    await room.begun(async (tx) => {
      await disconnectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'a-content' })
    })
    room.clock.advance(10_000)
    await loop.drain()
    expect(await findOrder(database.db, other.id)).toMatchObject({
      state: 'refused',
      reason: { code: 'order_refused' },
    })
    expect(await findOrder(database.db, id)).toMatchObject({ state: 'done' })
  })
})

describe('a gift', () => {
  const gift = (amountKopecks: number) =>
    ({ kind: 'goodwill-credit', amountKopecks, reason: 'Связь пропала на день' }) as const

  test('within one’s daily limit is given at once; beyond it another decides, never oneself', async () => {
    const lineId = await room.aLine()
    const { cash } = await room.see(lineId)
    const anna = staff('agent')
    expect((await place(lineId, gift(20_000), anna)).state).toBe('done')
    const { id, state } = await place(lineId, gift(20_000), anna)
    expect(state).toBe('approval')
    expect((await room.see(lineId)).cash.balance).toBe(cash.balance + 20_000)
    const [boris, { msisdn }] = [staff('supervisor'), await room.see(lineId)]
    const waiting = async (by: By) => (await listOrdersToApprove(database.db, by, { limit: 10 })).items
    expect(await waiting(boris)).toMatchObject([{ order: { id }, msisdn, own: false }])
    expect(await waiting(anna)).toMatchObject([{ order: { id }, own: true }])
    const counted = (by: By) => countOrdersToApprove(database.db, by)
    expect([await counted(boris), await counted(anna)]).toEqual([1, 0])
    await expect(
      decideOrder(database.db, context, { ...anna, roles: ['supervisor'] }, id, true),
    ).rejects.toEqual(refused('forbidden'))
    const decided = await decideOrder(database.db, context, boris, id, true, 'Авария подтвердилась')
    expect(decided).toMatchObject({
      state: 'done',
      approvedBy: 'Анна Орлова',
      decision: { approved: true, words: 'Авария подтвердилась', at: room.clock.now().toISOString() },
    })
    expect(await counted(boris)).toBe(0)
    await expect(decideOrder(database.db, context, staff('supervisor'), id, true)).rejects.toEqual(
      refused('conflict'),
    )
    expect((await room.see(lineId)).cash.balance).toBe(cash.balance + 40_000)
  })

  test('passes no limit by being given many times at once', async () => {
    const lineId = await room.aLine()
    const anna = staff('agent')
    const given = await Promise.all(Array.from({ length: 6 }, () => place(lineId, gift(10_000), anna)))
    expect(given.filter(({ state }) => state === 'done')).toHaveLength(3)
    for (const { id } of given.filter(({ state }) => state === 'approval'))
      expect(
        await decideOrder(database.db, context, staff('supervisor'), id, false, 'Уже дали'),
      ).toMatchObject({
        state: 'declined',
        approvedBy: null,
        decision: { approved: false, words: 'Уже дали' },
      })
  })
})

describe('a subscription’s money', () => {
  const back = (amountKopecks: number) =>
    ({ kind: 'refund-content', code: 'jokes', amountKopecks, reason: 'Подписка без согласия' }) as const
  const taken = 300

  test('comes back out of what the partner was to have, never more than was taken, also by a subscription that has ended', async () => {
    const lineId = await aLineWithContent()
    await room.begun((tx) => disconnectOffering(tx, room.lines, { lineId, ref: aRef(), code: 'jokes' }))
    const { cash } = await room.see(lineId)
    const anna = staff('agent')
    await expect(place(lineId, back(taken + 1), anna)).rejects.toMatchObject({
      code: 'order_refused',
      facts: { conflicts: [{ conflict: 'limit', about: 'jokes', facts: { maxKopecks: taken } }] },
    })
    expect((await place(lineId, back(200), anna)).state).toBe('done')
    expect((await room.see(lineId)).cash.balance).toBe(cash.balance + 200)
    await expect(place(lineId, back(101), anna)).rejects.toEqual(refused('order_refused'))
    await expect(place(lineId, back(100), owner())).rejects.toEqual(refused('forbidden'))
    expect((await audit(database.db)).sound).toBe(true)
  })

  test('that two ask back beyond their limits comes back once, however late it is approved', async () => {
    const lineId = await aLineWithContent()
    const rich = { ...context, rules: { ...context.rules, goodwillDayKopecks: { agent: 0, supervisor: 0 } } }
    const ask = () =>
      placeOrder(database.db, rich, staff('agent'), { id: randomUUID(), lineId, request: back(taken) })
    const [first, second] = [await ask(), await ask()]
    expect([first.state, second.state]).toEqual(['approval', 'approval'])
    await decideOrder(database.db, rich, staff('supervisor'), first.id, true)
    await expect(decideOrder(database.db, rich, staff('supervisor'), second.id, true)).rejects.toEqual(
      refused('order_refused'),
    )
    expect(await findOrder(database.db, second.id)).toMatchObject({ state: 'approval' })
    await decideOrder(database.db, rich, staff('supervisor'), second.id, false, 'Уже вернули')
  })

  test('counts in the giver’s daily limit together with gifts', async () => {
    const lineId = await aLineWithContent()
    const anna = staff('agent')
    await place(lineId, { kind: 'goodwill-credit', amountKopecks: 29_900, reason: 'Извинились' }, anna)
    expect((await previewOrder(database.db, context, anna, lineId, back(200))).needs).toBe('approval')
  })
})

test('any interleaving of orders, repeats and undoing conserves every kopeck and byte', async () => {
  const request = fc.constantFrom<OrderRequest>(
    CONNECT,
    { kind: 'disconnect-option', code: 'an-option' },
    { kind: 'connect-content', code: 'jokes', consent: 'Да' },
    { kind: 'stop-content', code: 'jokes' },
    { kind: 'stop-all-content' },
    { kind: 'change-tariff', code: 'cheap', when: 'now' },
    { kind: 'change-tariff', code: 'a-tariff', when: 'period-end' },
    { kind: 'block-line', reason: 'voluntary' },
    { kind: 'unblock-line' },
  )
  const step = fc.record({
    request,
    twice: fc.boolean(),
    undo: fc.boolean(),
    waitMs: fc.constantFrom(0, 4000, 11_000, 90_000_000),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
      const lineId = await room.aLine({ kopecks: 300_000 })
      for (const { request: asked, twice, undo, waitMs } of steps) {
        const id = randomUUID()
        const by = owner()
        const sent = Array.from({ length: twice ? 2 : 1 }, () =>
          place(lineId, asked, by, { id }).catch(() => undefined),
        )
        const [order] = await Promise.all(sent)
        if (undo && order?.state === 'waiting') await undoOrder(database.db, context, owner(), id)
        room.clock.advance(waitMs)
        await loop.drain()
      }
      expect((await audit(database.db)).sound).toBe(true)
    }),
    { numRuns: 12 },
  )
})
