import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { aLinesRoom, aRef, type LinesRoom } from '../../../test/factories/lines.ts'
import { aTariff } from '../../../test/factories/offerings.ts'
import {
  aPayer,
  aPaymentsRoom,
  CALLBACK_KEY,
  noticesIn,
  type PaymentsRoom,
} from '../../../test/factories/payments.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/postgres/index.ts'
import { demoShop, startWorld, type World } from '../../../world/index.ts'
import { rows, sql } from '../../platform/database/index.ts'
import { audit } from '../ledger/index.ts'
import { changeHolder } from '../lines/index.ts'
import { placeOrder } from '../orders/index.ts'
import { listUnknownTopUps, type PaymentProvider, type Reading, readTopUpTerms } from './index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

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
  lines.events.length = 0
  room = await aPaymentsRoom(database, lines, world)
})
afterEach(() => room.end())
afterAll(async () => {
  expect((await audit(database.db)).sound).toBe(true)
  await world.close()
  await database.drop()
})

const balanceOf = async (lineId: string) => (await lines.see(lineId)).cash.balance
const refused = (code: string) => expect.objectContaining({ code })
const notice = (id: string, event = 'payment.succeeded') =>
  JSON.stringify({ type: 'notification', event, object: { id } })
const post = (body: string, key = CALLBACK_KEY) =>
  fetch(`${room.callbackUrl}?key=${key}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
const paid = async (id: string) => expect(await room.stateOf(id)).toBe('succeeded')

describe('topping up', () => {
  test('sends the person to the provider, and credits the line once when the payment has come', async () => {
    const lineId = await lines.aLine()
    const before = await balanceOf(lineId)
    const topUp = await room.start(lineId, 30_000)
    expect(topUp).toMatchObject({ state: 'waiting', amountKopecks: 30_000, automatic: false })
    expect(topUp.redirectUrl).toMatch(/\/yookassa\/checkout\//)
    expect(await room.orderOf(topUp.id)).toBe('pending')
    world.yookassa.pay(room.providerId(topUp.id))
    await vi.waitFor(() => paid(topUp.id))
    expect(await room.orderOf(topUp.id)).toBe('done')
    expect(await balanceOf(lineId)).toBe(before + 30_000)
    for (let n = 0; n < 3; n++) expect(await world.yookassa.replay(room.providerId(topUp.id))).toBe(200)
    await room.pass(HOUR)
    expect(await balanceOf(lineId)).toBe(before + 30_000)
  })

  test('asked for again under the same id is the same payment; another amount under it is refused', async () => {
    const lineId = await lines.aLine()
    const by = aPayer()
    const id = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => room.start(lineId, 10_000, by, id)))
    await room.loop.drain()
    expect(new Set(answers.map((one) => one.id))).toEqual(new Set([id]))
    expect(world.yookassa.payments().filter(({ metadata }) => metadata?.payment_id === id)).toHaveLength(1)
    await expect(room.start(lineId, 20_000, by, id)).rejects.toEqual(refused('idempotency_key_reused'))
  })

  test('fails when the bank says no, and says so', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    world.yookassa.pay(room.providerId(id), 'empty')
    await vi.waitFor(async () => expect(await room.stateOf(id)).toBe('failed'))
    expect(await room.orderOf(id)).toBe('refused')
    expect(await balanceOf(lineId)).toBe(50_000)
  })

  test('is bounded: at a time, in a day, and in how often it is tried', async () => {
    const lineId = await lines.aLine()
    await expect(room.start(lineId, 999)).rejects.toEqual(refused('order_refused'))
    await expect(room.start(lineId, 1_500_001)).rejects.toEqual(refused('order_refused'))
    for (let n = 0; n < 2; n++) await room.start(lineId, 1_500_000)
    await expect(room.start(lineId, 1_000)).rejects.toEqual(refused('order_refused'))
    expect(await readTopUpTerms(database.db, room.payments, lineId)).toMatchObject({
      available: true,
      leftTodayKopecks: 0,
      method: null,
    })
    const often = await lines.aLine()
    for (let n = 0; n < 20; n++) await room.start(often, 1_000)
    await expect(room.start(often, 1_000)).rejects.toEqual(refused('order_refused'))
  })

  test('is nobody else’s to begin', async () => {
    const lineId = await lines.aLine()
    const agent = aPayer({ kind: 'agent', through: 'desk', lineRole: null, roles: ['agent'] })
    await expect(room.start(lineId, 10_000, agent)).rejects.toEqual(refused('forbidden'))
  })
})

describe('a callback', () => {
  test('with a wrong key is refused and counted, whatever it says', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    const body = notice(room.providerId(id))
    expect((await post(body, 'a-wrong-key')).status).toBe(401)
    expect((await fetch(room.callbackUrl, { method: 'POST', body })).status).toBe(401)
    expect(room.counts).toEqual(['forged', 'forged'])
    expect(await balanceOf(lineId)).toBe(50_000)
  })

  test('is a hint: what it claims is read again and not believed', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    expect((await post(notice(room.providerId(id)))).status).toBe(200)
    expect(await room.stateOf(id)).toBe('waiting')
    expect(await balanceOf(lineId)).toBe(50_000)
  })

  test('of a payment that we did not ask for, or that nobody can read, credits nothing', async () => {
    expect((await post(notice(randomUUID()))).status).toBe(404)
    expect((await post('{"type":"notification"')).status).toBe(400)
    expect(
      (await post(JSON.stringify({ type: 'notification', event: 'payout.succeeded', object: { id: '1' } })))
        .status,
    ).toBe(200)
    expect((await post('x'.repeat(100_000))).status).toBe(413)
    expect(room.counts).toEqual(['unknown', 'unreadable', 'other'])
  })

  test('of another payment of the shop that bears our name moves nothing', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 30_000)
    const foreign = await aForeignPayment(id, '1.00')
    world.yookassa.pay(foreign)
    await vi.waitFor(() => expect(room.counts).toContain('unknown'))
    expect(await room.stateOf(id)).toBe('waiting')
    expect(await balanceOf(lineId)).toBe(50_000)
  })

  test('of a payment whose amount is not what was asked for is left to a person', async () => {
    const lineId = await lines.aLine()
    world.faults.plan({ service: 'yookassa', method: 'POST /payments', kind: '500', times: 1 })
    const { id } = await room.start(lineId, 30_000)
    const foreign = await aForeignPayment(id, '1.00')
    world.yookassa.pay(foreign)
    await vi.waitFor(async () => expect(await room.stateOf(id)).toBe('unknown'))
    expect(await room.orderOf(id)).toBe('unknown')
    expect(room.counts).toContain('mismatch')
    const { items } = await listUnknownTopUps(database.db, { limit: 100 })
    expect(items.find((one) => one.id === id)).toMatchObject({ reason: 'mismatch' })
    expect(await balanceOf(lineId)).toBe(50_000)
  })

  test('whose payment cannot be read now is refused as unavailable, and the loop reads it', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'drop' })
    world.yookassa.pay(room.providerId(id))
    await vi.waitFor(() => expect(stateThere(id)).toBe('succeeded'))
    world.faults.plan({ service: 'yookassa', method: 'GET /payments/:id', kind: 'drop' })
    expect((await post(notice(room.providerId(id)))).status).toBe(503)
    await room.pass(1)
    await paid(id)
  })

  test('that is signed is proof by itself: the port holds both kinds', async () => {
    await room.loop.stop()
    const provider = aSigningProvider()
    const signing = await aPaymentsRoom(database, lines, world, { provider })
    try {
      const lineId = await lines.aLine()
      const { id } = await signing.start(lineId, 10_000)
      const said = JSON.stringify(provider.payment(id, 'succeeded'))
      const tell = (signature: string) =>
        fetch(signing.callbackUrl, { method: 'POST', headers: { 'x-signature': signature }, body: said })
      expect((await tell('00')).status).toBe(401)
      expect(await signing.stateOf(id)).toBe('waiting')
      expect((await tell(provider.sign(said))).status).toBe(200)
      expect((await tell(provider.sign(said))).status).toBe(200)
      expect(await balanceOf(lineId)).toBe(60_000)
      const euros = JSON.stringify({ ...provider.payment(id, 'succeeded'), currency: 'EUR' })
      const { id: other } = await signing.start(lineId, 10_000)
      const foreign = euros.replaceAll(id, other)
      await fetch(signing.callbackUrl, {
        method: 'POST',
        headers: { 'x-signature': provider.sign(foreign) },
        body: foreign,
      })
      expect(await signing.stateOf(other)).toBe('unknown')
      expect(await balanceOf(lineId)).toBe(60_000)
    } finally {
      await signing.end()
    }
  })
})

describe('a provider', () => {
  test('that loses its answer has made one payment, not two', async () => {
    const lineId = await lines.aLine()
    world.faults.plan({ service: 'yookassa', method: 'POST /payments', kind: 'drop-after-accept' })
    const { id, state } = await room.start(lineId, 10_000)
    expect(state).toBe('created')
    await room.pass(10_000)
    expect(await room.stateOf(id)).toBe('waiting')
    expect(world.yookassa.payments().filter(({ metadata }) => metadata?.payment_id === id)).toHaveLength(1)
  })

  test('that never tells is asked until it does', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'drop' })
    world.yookassa.pay(room.providerId(id))
    await vi.waitFor(() => expect(stateThere(id)).toBe('succeeded'))
    expect(await room.stateOf(id)).toBe('waiting')
    await room.pass(5_000)
    await paid(id)
  })

  test('that tells twice at the same time credits once', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'twice' })
    world.yookassa.pay(room.providerId(id))
    const told = () =>
      world.yookassa.deliveries.filter(
        ({ update, status }) => status === 200 && JSON.stringify(update).includes(id),
      )
    await vi.waitFor(() => expect(told()).toHaveLength(2))
    expect(await balanceOf(lineId)).toBe(60_000)
  })

  test('that is away when somebody begins is given up, and the person knows', async () => {
    const lineId = await lines.aLine()
    world.faults.plan({ service: 'yookassa', kind: '500', times: 1_000 })
    const { id, state } = await room.start(lineId, 10_000)
    expect(state).toBe('created')
    for (let n = 0; n < 5; n++) await room.pass(5 * MINUTE)
    expect(await room.stateOf(id)).toBe('expired')
    expect(await room.orderOf(id)).toBe('refused')
  })

  test('that falls silent leaves the payment to a person, and to the hourly question: what is paid is credited', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'drop' })
    world.faults.plan({ service: 'yookassa', method: 'GET /payments/:id', kind: 'drop', times: 1_000 })
    world.yookassa.pay(room.providerId(id))
    for (let n = 0; n < 8; n++) await room.pass(6 * MINUTE)
    expect(await room.stateOf(id)).toBe('unknown')
    expect(await room.orderOf(id)).toBe('unknown')
    const { items } = await listUnknownTopUps(database.db, { limit: 100 })
    expect(items.map((one) => one.id)).toContain(id)
    world.faults.clear()
    await room.pass(2 * HOUR)
    await paid(id)
    expect(await room.orderOf(id)).toBe('done')
    expect(await balanceOf(lineId)).toBe(60_000)
  })

  test('to whom nobody came ends the payment', async () => {
    const lineId = await lines.aLine()
    const { id } = await room.start(lineId, 10_000)
    await room.pass(25 * HOUR)
    expect(await room.stateOf(id)).toBe('expired')
    expect(await room.orderOf(id)).toBe('refused')
    // Its own no comes later, or the person has paid after all: money counts.
    world.yookassa.pay(room.providerId(id))
    await vi.waitFor(() => paid(id))
    expect(await room.orderOf(id)).toBe('done')
  })
})

describe('whatever happens in whatever order', () => {
  const happening = fc.constantFrom(
    'replay',
    'replay',
    'poll',
    'poll',
    'pass',
    'pay',
    'refuse',
    'again',
    'forged',
    'restart',
    'away',
    'lost-answer',
    'lost-notice',
  )
  test('a payment is credited once if it was paid and never if it was not, and the ledger is sound', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 3, maxLength: 12 }), async (happenings) => {
        world.faults.clear()
        const lineId = await lines.aLine()
        const before = await balanceOf(lineId)
        const by = aPayer()
        const id = randomUUID()
        const known = () => world.yookassa.payments().find(({ metadata }) => metadata?.payment_id === id)
        const isSent = async () =>
          known() !== undefined &&
          (
            await rows(
              database.db,
              sql`select 1 from payments.payment where id = ${id} and provider_id is not null`,
            )
          ).length > 0
        const happen = async (what: string): Promise<unknown> => {
          switch (what) {
            case 'replay':
              return known() && world.yookassa.replay(known()!.id)
            case 'poll':
              return room.pass(4_000)
            case 'pass':
              return room.pass(10 * MINUTE)
            case 'pay':
              // Only who was sent there can pay.
              return (await isSent()) && world.yookassa.pay(known()!.id)
            case 'refuse':
              return known() && world.yookassa.refuse(known()!.id)
            case 'again':
              return room.start(lineId, 10_000, by, id)
            case 'forged':
              return post(notice(id), 'forged')
            case 'restart':
              // A process died with every payment in hand: the leases end.
              return rows(
                database.db,
                sql`update payments.payment set lease = null, next_at = ${lines.clock.now()} where next_at is not null`,
              )
            case 'away':
              return world.faults.plan({ service: 'yookassa', kind: '500', times: 2 })
            case 'lost-answer':
              return world.faults.plan({ service: 'yookassa', kind: 'drop-after-accept', times: 1 })
            default:
              return world.faults.plan({
                service: 'yookassa',
                method: 'notification',
                kind: 'drop',
                times: 1,
              })
          }
        }
        await room.start(lineId, 10_000, by, id)
        // Side by side in pairs, so that callbacks and questions meet.
        for (let n = 0; n < happenings.length; n += 2)
          await Promise.all(happenings.slice(n, n + 2).map(happen))
        world.faults.clear()
        await vi.waitFor(() =>
          expect(['succeeded', 'canceled', 'pending', undefined]).toContain(stateThere(id)),
        )
        for (let n = 0; n < 3; n++) await room.pass(HOUR)
        const isPaid = stateThere(id) === 'succeeded'
        // A callback may be at it this very moment: the loop leaves alone what others have in hand.
        if (isPaid) await vi.waitFor(() => paid(id), 10_000)
        await room.pass(HOUR)
        expect(await balanceOf(lineId)).toBe(before + (isPaid ? 10_000 : 0))
        const counted = await rows(
          database.db,
          sql<{
            n: number
          }>`select count(*) as n from lines.charge where line_id = ${lineId} and category = 'top-up'`,
        )
        expect(counted[0]?.n).toBe(isPaid ? 2 : 1)
      }),
      { numRuns: 60 },
    )
  })
})

describe('an automatic top-up', () => {
  /** A line of 500 ₽ that keeps itself at 200 ₽ by 300 ₽; the first charge was the consent. */
  async function aSelfFilling(card: 'good' | 'once' = 'good'): Promise<string> {
    const lineId = await lines.aLine()
    const { id } = await room.startAutomatic(lineId, 30_000)
    world.yookassa.pay(room.providerId(id), card)
    await vi.waitFor(() => paid(id))
    lines.events.length = 0
    return lineId
  }
  const charges = (lineId: string) =>
    rows(
      database.db,
      sql<{
        state: string
      }>`select state from payments.payment where line_id = ${lineId} and automatic order by created_at`,
    ).then((found) => found.map(({ state }) => state))

  test('begins with the payment that was agreed to, and charges once a fall', async () => {
    const lineId = await aSelfFilling()
    expect((await lines.see(lineId)).autoTopUp).toEqual({
      belowKopecks: 20_000,
      amountKopecks: 30_000,
      monthlyMaxKopecks: 200_000,
    })
    expect(await readTopUpTerms(database.db, room.payments, lineId)).toMatchObject({
      method: { title: 'Мир •• 4477' },
    })
    expect(await charges(lineId)).toEqual([])
    await room.spend(lineId, 65_000)
    await room.loop.drain()
    expect(await charges(lineId)).toEqual(['succeeded'])
    expect(await balanceOf(lineId)).toBe(45_000)
    expect(noticesIn(lines.events)).toEqual(['auto-topped-up'])
    await room.pass(HOUR)
    expect(await charges(lineId)).toEqual(['succeeded'])
    await room.spend(lineId, 30_000)
    await room.loop.drain()
    expect(await charges(lineId)).toEqual(['succeeded', 'succeeded'])
  })

  test('asks once while the balance stays low, and tells of what failed; after three failures it is off', async () => {
    const lineId = await aSelfFilling('once')
    await room.spend(lineId, 65_000)
    await room.loop.drain()
    await room.spend(lineId, 5_000)
    await room.loop.drain()
    expect(await charges(lineId)).toEqual(['failed'])
    expect(noticesIn(lines.events)).toEqual(['auto-top-up-failed'])
    for (let n = 0; n < 2; n++) {
      await room.pass(24 * HOUR)
      const { id } = await room.start(lineId, 30_000)
      world.yookassa.pay(room.providerId(id))
      await vi.waitFor(() => paid(id))
      await room.spend(lineId, 30_000)
      await room.loop.drain()
    }
    expect(await charges(lineId)).toEqual(['failed', 'failed', 'failed'])
    expect(noticesIn(lines.events).slice(-2)).toEqual(['auto-top-up-failed', 'auto-top-up-off'])
    expect((await lines.see(lineId)).autoTopUp).toBeNull()
    expect((await readTopUpTerms(database.db, room.payments, lineId))?.method).toBeNull()
  })

  test('keeps to the limit of a day and tells when it would pass one', async () => {
    const lineId = await aSelfFilling()
    await room.spend(lineId, 65_000)
    await room.loop.drain()
    for (let n = 0; n < 3; n++) {
      await room.spend(lineId, 30_000)
      await room.loop.drain()
    }
    expect(await charges(lineId)).toHaveLength(3)
    expect(noticesIn(lines.events).at(-1)).toBe('auto-top-up-limit')
  })

  test('does not charge what the former owner saved', async () => {
    const lineId = await aSelfFilling()
    const partyId = await lines.aParty('Пётр Лукин')
    await lines.begun((tx) => changeHolder(tx, room.lines, { lineId, ref: aRef(), partyId }))
    const kept = await rows(
      database.db,
      sql<{ token: Buffer | null }>`select token from payments.method where line_id = ${lineId}`,
    )
    expect(kept).toEqual([{ token: null }])
    const rule = { belowKopecks: 20_000, amountKopecks: 30_000, monthlyMaxKopecks: 200_000 }
    const order = placeOrder(database.db, room.payments.orders, aPayer(), {
      id: randomUUID(),
      lineId,
      request: { kind: 'set-auto-top-up', rule },
    })
    await expect(order).rejects.toEqual(refused('order_refused'))
  })

  test('forgets what it was paid from when the owner switches it off', async () => {
    const lineId = await aSelfFilling()
    await placeOrder(database.db, room.payments.orders, aPayer(), {
      id: randomUUID(),
      lineId,
      request: { kind: 'set-auto-top-up', rule: null },
    })
    await room.spend(lineId, 65_000)
    await room.loop.drain()
    expect(await charges(lineId)).toEqual([])
    expect((await readTopUpTerms(database.db, room.payments, lineId))?.method).toBeNull()
  })

  test('is the owner’s alone to agree to, and brings the balance back in one charge', async () => {
    const lineId = await lines.aLine()
    const automatic = { belowKopecks: 20_000, monthlyMaxKopecks: 200_000, consent: 'Да' }
    const place = (by: ReturnType<typeof aPayer>, amountKopecks: number) =>
      placeOrder(database.db, room.payments.orders, by, {
        id: randomUUID(),
        lineId,
        request: { kind: 'top-up', amountKopecks, automatic },
      })
    await expect(place(aPayer({ lineRole: 'user' }), 30_000)).rejects.toEqual(refused('forbidden'))
    await expect(place(aPayer(), 10_000)).rejects.toEqual(refused('order_refused'))
  })

  test('goes one at a time, also when the month turns while one is open', async () => {
    const lineId = await aSelfFilling()
    world.faults.plan({ service: 'yookassa', method: 'POST /payments', kind: 'drop-after-accept' })
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'drop' })
    await room.spend(lineId, 65_000)
    await room.loop.drain()
    // Nobody knows what became of it, and the provider is asked seldom by now.
    await rows(
      database.db,
      sql`update payments.payment set state = 'unknown', next_at = null where line_id = ${lineId} and automatic`,
    )
    lines.clock.advance(31 * 24 * HOUR)
    const { id } = await room.start(lineId, 30_000)
    world.yookassa.pay(room.providerId(id))
    await vi.waitFor(() => paid(id))
    await room.spend(lineId, await balanceOf(lineId))
    await room.loop.drain()
    expect(await charges(lineId)).toEqual(['unknown'])
  })

  test('of a line that is broken holds up no other, however many there are', async () => {
    const lineId = await aSelfFilling()
    await rows(
      database.db,
      sql`insert into payments.fall (line_id, fell_at) select gen_random_uuid(), to_timestamp(0) from generate_series(1, 60)`,
    )
    await room.spend(lineId, 65_000)
    for (let n = 0; n < 3; n++) await room.loop.drain()
    expect(await charges(lineId)).toEqual(['succeeded'])
    await rows(database.db, sql`delete from payments.fall`)
  })

  test('whose answer was lost charges once', async () => {
    const lineId = await aSelfFilling()
    world.faults.plan({ service: 'yookassa', method: 'POST /payments', kind: 'drop-after-accept' })
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'drop' })
    await room.spend(lineId, 65_000)
    await room.loop.drain()
    expect(await charges(lineId)).toEqual(['created'])
    await room.pass(10_000)
    expect(await charges(lineId)).toEqual(['succeeded'])
    expect(await balanceOf(lineId)).toBe(45_000)
  })
})

const stateThere = (id: string) =>
  world.yookassa.payments().find(({ metadata }) => metadata?.payment_id === id)?.status

/** Somebody else's payment in our shop, under our name. Gives how the provider names it. */
async function aForeignPayment(id: string, value: string): Promise<string> {
  const answer = await fetch(`${world.yookassa.url()}/payments`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${demoShop.shopId}:${demoShop.secretKey}`).toString('base64')}`,
      'content-type': 'application/json',
      'idempotence-key': randomUUID(),
    },
    body: JSON.stringify({
      amount: { value, currency: 'RUB' },
      confirmation: { type: 'redirect', return_url: 'https://shop.example' },
      metadata: { payment_id: id },
    }),
  })
  return ((await answer.json()) as { id: string }).id
}

/** A provider that signs what it tells. */
function aSigningProvider(): PaymentProvider & {
  payment(id: string, state: Reading['state']): Reading
  sign(body: string): string
} {
  const sign = (body: string | Buffer) => createHmac('sha256', 'secret').update(body).digest('hex')
  const payment = (id: string, state: Reading['state']): Reading => ({
    providerId: `signed-${id}`,
    id,
    state,
    reason: null,
    kopecks: 10_000,
    currency: 'RUB',
    redirectUrl: 'https://pay.example',
    receipt: null,
    method: null,
  })
  return {
    name: 'signed',
    payment,
    sign,
    create: async ({ id }) => payment(id, 'waiting'),
    charge: async ({ id }) => payment(id, 'succeeded'),
    read: async (providerId) => payment(providerId.replace('signed-', ''), 'waiting'),
    sendsReceipts: false,
    refund: async () => ({ no: 'never' }),
    readRefund: async () => undefined,
    hear: ({ body, headers }) => {
      const [given, wanted] = [Buffer.from(String(headers['x-signature'])), Buffer.from(sign(body))]
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return { heard: 'forged' }
      return { heard: 'proof', reading: JSON.parse(body.toString('utf8')) as Reading }
    },
  }
}
