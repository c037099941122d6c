import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { aLinesRoom, type LinesRoom } from '../../../../test/factories/lines.ts'
import { aTariff } from '../../../../test/factories/offerings.ts'
import {
  aPayer,
  aPaymentsRoom,
  CALLBACK_KEY,
  type PaymentsRoom,
} from '../../../../test/factories/payments.ts'
import { createTestDatabase, type TestDatabase } from '../../../../test/postgres/index.ts'
import { startWorld, type World } from '../../../../world/index.ts'
import { inTransaction, one, sql } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { By } from '../../edge/index.ts'
import { audit, sumSystemAccount, systemAccount } from '../../ledger/index.ts'
import { listCharges, selectHeld } from '../../lines/index.ts'
import { decideOrder, eraseOrders, placeOrder, previewOrder } from '../../orders/index.ts'
import {
  erasePayments,
  findTopUp,
  listMissingReceipts,
  listUnknownRefunds,
  putReceiptRight,
} from '../index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const REFUND = 'POST /refunds'

let database: TestDatabase
let world: World
let lines: LinesRoom
let room: PaymentsRoom
beforeAll(async () => {
  database = await createTestDatabase()
  world = await startWorld({ timeScale: 0.001 })
  lines = await aLinesRoom(database, [aTariff()])
})
beforeEach(async () => {
  world.faults.clear()
  world.yookassa.refuseRefunds(undefined)
  room = await aPaymentsRoom(database, lines, world, { receipts: { vatCode: 4 } })
})
afterEach(() => room.end())
afterAll(async () => {
  expect((await audit(database.db)).sound).toBe(true)
  await world.close()
  await database.drop()
})

const agent = (more: Partial<By> = {}): By =>
  aPayer({
    kind: 'agent',
    name: 'Ирина',
    through: 'desk',
    lineRole: null,
    roles: ['agent'],
    fresh: true,
    ...more,
  })
const balanceOf = async (lineId: string) => (await lines.see(lineId)).cash.balance

/** A line with a top-up that has come. */
async function aPaidLine(kopecks = 50_000) {
  const lineId = await lines.aLine()
  const topUp = await room.start(lineId, kopecks)
  world.yookassa.pay(room.providerId(topUp.id))
  await vi.waitFor(async () => expect(await room.stateOf(topUp.id)).toBe('succeeded'))
  return { lineId, topUpId: topUp.id, balance: await balanceOf(lineId) }
}
const request = (topUpId: string, amountKopecks: number) =>
  ({ kind: 'refund-top-up', topUpId, amountKopecks, reason: 'ошибся номером' }) as const
const refund = async (
  { lineId, topUpId }: { lineId: string; topUpId: string },
  amountKopecks: number,
  { by = agent(), id = randomUUID() } = {},
) => {
  const ask = { id, lineId, request: request(topUpId, amountKopecks) }
  const order = await placeOrder(database.db, room.payments.orders, by, ask)
  return order
}
const stateOf = async (id: string) =>
  (
    await one(
      database.db,
      sql<{
        state: string
      }>`select coalesce((select state from payments.refund where id = ${id}), 'none') as state`,
    )
  ).state

const ownerOf = async (lineId: string) =>
  (
    await one(
      database.db,
      sql<{ partyId: string }>`select party_id as "partyId" from lines.role where line_id = ${lineId}`,
    )
  ).partyId

describe('a refund to the card', () => {
  test('takes the money off the line at once, and is done when the provider has given it back', async () => {
    const paid = await aPaidLine()
    const { id, state } = await refund(paid, 20_000)
    expect(state).toBe('pending')
    expect(await balanceOf(paid.lineId)).toBe(paid.balance - 20_000)
    await vi.waitFor(async () => {
      await room.pass(5_000)
      expect(await room.orderOf(id)).toBe('done')
    })
    expect(await stateOf(id)).toBe('succeeded')
    expect(world.yookassa.refunds().at(-1)).toMatchObject({
      payment_id: room.providerId(paid.topUpId),
      amount: { value: '200.00', currency: 'RUB' },
      status: 'succeeded',
      receipt_registration: 'succeeded',
    })
    expect(await findTopUp(database.db, paid.topUpId)).toMatchObject({ refundedKopecks: 20_000 })
    expect(await sumSystemAccount(database.db, systemAccount('refunds:yookassa', 'kopecks'))).toBe(0)
    const { items } = await listCharges(database.db, paid.lineId, { limit: 10 })
    expect(items[0]).toMatchObject({ category: 'top-up', kopecks: -20_000 })
  })

  test('is bounded by what is left of the payment and of the balance, and asked for of what came alone', async () => {
    const paid = await aPaidLine()
    const { id } = await refund(paid, 30_000)
    const conflicts = async (amountKopecks: number, topUpId = paid.topUpId) => {
      const preview = await previewOrder(
        database.db,
        room.payments.orders,
        agent(),
        paid.lineId,
        request(topUpId, amountKopecks),
      )
      return preview.effects.flatMap((one) => (one.effect === 'conflict' ? [[one.conflict, one.about]] : []))
    }
    expect(await conflicts(20_000)).toEqual([])
    expect(await conflicts(20_001)).toEqual([['limit', 'refund']])
    await expect(refund(paid, 20_001)).rejects.toMatchObject({ code: 'order_refused' })
    await room.spend(paid.lineId, await balanceOf(paid.lineId))
    expect(await conflicts(1)).toEqual([['balance', null]])
    const waiting = await room.start(paid.lineId, 10_000)
    expect(await conflicts(1, waiting.id)).toEqual([['not-offered', 'refund']])
    const other = await aPaidLine()
    expect(await conflicts(1, other.topUpId)).toEqual([['not-offered', 'refund']])
    await vi.waitFor(async () => {
      await room.pass(5_000)
      expect(await stateOf(id)).toBe('succeeded')
    })
  })

  test('under the same id is one, also at the provider after a lost answer', async () => {
    const paid = await aPaidLine()
    const before = world.yookassa.refunds().length
    world.faults.plan({ service: 'yookassa', method: REFUND, kind: 'drop-after-accept', times: 2 })
    const id = randomUUID()
    const by = agent()
    await Promise.all([1, 2, 3].map(() => refund(paid, 10_000, { id, by })))
    await vi.waitFor(async () => {
      await room.pass(5_000)
      expect(await stateOf(id)).toBe('succeeded')
    })
    expect(world.yookassa.refunds().length).toBe(before + 1)
    expect(await balanceOf(paid.lineId)).toBe(paid.balance - 10_000)
  })

  test('that the bank refuses is on the line again, with the reason', async () => {
    const paid = await aPaidLine()
    world.yookassa.refuseRefunds('rejected_by_payee')
    const { id } = await refund(paid, 20_000)
    await vi.waitFor(async () => {
      await room.pass(5_000)
      expect(await room.orderOf(id)).toBe('refused')
    })
    expect(await balanceOf(paid.lineId)).toBe(paid.balance)
    expect(await findTopUp(database.db, paid.topUpId)).toMatchObject({ refundedKopecks: 0 })
  })

  test('of which nothing is heard is shown to a person, and still settled by what comes later', async () => {
    const paid = await aPaidLine()
    world.faults.plan({ service: 'yookassa', method: REFUND, kind: '500', times: 1_000 })
    const { id } = await refund(paid, 20_000)
    for (let n = 0; n < 12; n++) await room.pass(5 * MINUTE)
    expect(await room.orderOf(id)).toBe('unknown')
    expect((await listUnknownRefunds(database.db, { limit: 10 })).items).toMatchObject([
      { id, topUpId: paid.topUpId, amountKopecks: 20_000, reason: 'no-answer' },
    ])
    expect(await balanceOf(paid.lineId)).toBe(paid.balance - 20_000)
    world.faults.clear()
    await vi.waitFor(async () => {
      await room.pass(HOUR)
      expect(await room.orderOf(id)).toBe('done')
    })
    expect((await listUnknownRefunds(database.db, { limit: 10 })).items).toEqual([])
  })

  test('is heard of by a callback, which is a hint; one that is not ours changes nothing', async () => {
    const post = (id: string) =>
      fetch(`${room.callbackUrl}?key=${CALLBACK_KEY}`, {
        method: 'POST',
        body: JSON.stringify({ type: 'notification', event: 'refund.succeeded', object: { id } }),
      })
    expect((await post(randomUUID())).status).toBe(404)
    const paid = await aPaidLine()
    const { id } = await refund(paid, 20_000)
    await room.loop.drain()
    await vi.waitFor(async () => expect(await stateOf(id)).toBe('succeeded'))
    const told = world.yookassa.refunds().at(-1)?.id ?? ''
    for (let n = 0; n < 2; n++) expect((await post(told)).status).toBe(200)
    expect(await balanceOf(paid.lineId)).toBe(paid.balance - 20_000)
  })

  test('above somebody’s limit of a day waits for a second pair of eyes, and begins with its yes', async () => {
    const paid = await aPaidLine(300_000)
    const by = agent()
    expect((await refund(paid, 90_000, { by })).state).toBe('pending')
    const { id, state } = await refund(paid, 20_000, { by })
    expect(state).toBe('approval')
    expect(await stateOf(id)).toBe('none')
    const { orders } = room.payments
    await expect(decideOrder(database.db, orders, by, id, true)).rejects.toMatchObject({ code: 'forbidden' })
    const chief = agent({ roles: ['supervisor'] })
    expect(await decideOrder(database.db, orders, chief, id, true)).toMatchObject({ state: 'pending' })
    await vi.waitFor(async () => {
      await room.pass(5_000)
      expect(await room.orderOf(id)).toBe('done')
    })
    expect(await balanceOf(paid.lineId)).toBe(paid.balance - 110_000)
  })

  test('is nobody’s to take for themselves', async () => {
    const paid = await aPaidLine()
    await expect(refund(paid, 1_000, { by: aPayer({ fresh: true }) })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  test('however many at once, whatever is answered: no more goes back than came, and every kopeck is somewhere', async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(amounts, fc.boolean(), async (wanted, refuses) => {
        world.yookassa.refuseRefunds(refuses ? 'general_decline' : undefined)
        const paid = await aPaidLine(60_000)
        const placed = await Promise.allSettled(wanted.map((kopecks) => refund(paid, kopecks)))
        for (const one of placed) {
          if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(Refusal)
        }
        await vi.waitFor(async () => {
          await room.pass(5_000)
          const { open } = await one(
            database.db,
            sql<{ open: number }>`select count(*) as open from payments.refund
              where payment_id = ${paid.topUpId} and settled_at is null`,
          )
          expect(open).toBe(0)
        })
        const back = (await findTopUp(database.db, paid.topUpId))?.refundedKopecks ?? 0
        expect(back).toBeLessThanOrEqual(60_000)
        if (refuses) expect(back).toBe(0)
        expect(await balanceOf(paid.lineId)).toBe(paid.balance - back)
      }),
      { numRuns: 12 },
    )
    expect(await sumSystemAccount(database.db, systemAccount('refunds:yookassa', 'kopecks'))).toBe(0)
  })
})

describe('a fiscal receipt', () => {
  test('goes along with the payment to the line’s number, and it is kept that it is registered', async () => {
    const { topUpId, lineId } = await aPaidLine(30_000)
    const { msisdn } = await lines.see(lineId)
    expect(await findTopUp(database.db, topUpId)).toMatchObject({
      receipt: { to: msisdn, state: 'succeeded' },
    })
    expect(world.yookassa.receipts().at(-1)).toEqual({
      customer: { phone: msisdn },
      items: [
        expect.objectContaining({
          amount: { value: '300.00', currency: 'RUB' },
          vat_code: 4,
          payment_mode: 'advance',
          payment_subject: 'payment',
        }),
      ],
    })
  })

  test('goes to the payer’s mail if they say so, and is destroyed with them', async () => {
    const lineId = await lines.aLine()
    const { start, payments } = room
    const first = await start(lineId, 20_000, aPayer(), randomUUID(), 'payer@example.com')
    expect(first.receipt).toEqual({ to: 'payer@example.com', state: 'pending' })
    expect(world.yookassa.receipts().at(-1)).toMatchObject({ customer: { email: 'payer@example.com' } })
    world.yookassa.pay(room.providerId(first.id))
    await vi.waitFor(async () => expect(await room.stateOf(first.id)).toBe('succeeded'))
    const partyId = await ownerOf(lineId)
    await inTransaction(database.db, async (tx) => {
      const held = await selectHeld(tx, partyId)
      expect(await eraseOrders(tx, payments.orders, held)).toBe(1)
      expect(await erasePayments(tx, payments, partyId, held)).toEqual({
        payments: 1,
        paymentMethods: 0,
      })
    })
    expect(await findTopUp(database.db, first.id)).toMatchObject({ receipt: null, amountKopecks: 20_000 })
  })

  test('that is registered later is asked about until it is', async () => {
    const lineId = await lines.aLine()
    const topUp = await room.start(lineId, 20_000)
    world.yookassa.delayReceipts(true)
    world.yookassa.pay(room.providerId(topUp.id))
    await vi.waitFor(async () => expect(await room.stateOf(topUp.id)).toBe('succeeded'))
    expect((await findTopUp(database.db, topUp.id))?.receipt?.state).toBe('pending')
    world.yookassa.delayReceipts(false)
    await vi.waitFor(async () => {
      await room.pass(MINUTE)
      expect((await findTopUp(database.db, topUp.id))?.receipt?.state).toBe('succeeded')
    })
  })
})

test('a receipt that nobody registers within days is shown to the staff, and is there for the payer once somebody has issued it', async () => {
  const { db } = database
  const lineId = await lines.aLine()
  const topUp = await room.start(lineId, 20_000)
  world.yookassa.delayReceipts(true)
  world.yookassa.pay(room.providerId(topUp.id))
  await vi.waitFor(async () => expect(await room.stateOf(topUp.id)).toBe('succeeded'))
  expect((await listMissingReceipts(db, { limit: 10 })).items).toEqual([])
  const righted = { id: topUp.id, how: 'Чек № 214, касса в офисе', by: 'Ирина' }
  const noted = vi.fn(async () => undefined)
  await expect(putReceiptRight(db, lines.lines, righted, noted)).rejects.toMatchObject({ code: 'conflict' })
  await vi.waitFor(async () => {
    await room.pass(24 * HOUR)
    expect((await listMissingReceipts(db, { limit: 10 })).items).toMatchObject([
      { topUpId: topUp.id, lineId, amountKopecks: 20_000, why: 'no-answer' },
    ])
  })
  world.yookassa.delayReceipts(false)
  for (let time = 0; time < 2; time++)
    expect(await putReceiptRight(db, lines.lines, righted, noted)).toMatchObject({
      receipt: { state: 'succeeded' },
    })
  expect(noted).toHaveBeenCalledTimes(1)
  expect((await listMissingReceipts(db, { limit: 10 })).items).toEqual([])
})

test('an automatic top-up ends with the person who let it be charged', async () => {
  const lineId = await lines.aLine({ kopecks: 60_000 })
  const topUp = await room.startAutomatic(lineId, 30_000)
  world.yookassa.pay(room.providerId(topUp.id))
  await vi.waitFor(async () => expect((await lines.see(lineId)).autoTopUp).not.toBeNull())
  const partyId = await ownerOf(lineId)
  const counts = await inTransaction(database.db, async (tx) =>
    erasePayments(tx, room.payments, partyId, await selectHeld(tx, partyId)),
  )
  expect(counts).toEqual({ payments: 1, paymentMethods: 1 })
  expect((await lines.see(lineId)).autoTopUp).toBeNull()
  const { title, token, words } = await one(
    database.db,
    sql<{ title: string; token: Buffer | null; words: string }>`
      select title, token, consent_words as words from payments.method where line_id = ${lineId}`,
  )
  expect([title, token]).toEqual(['', null])
  expect(words).not.toBe('')
})
