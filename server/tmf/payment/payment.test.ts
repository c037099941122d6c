import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually } from '../../../test/factories/eventually.ts'
import { aHubListener, type HubListener } from '../../../test/factories/hub-listener.ts'
import { wrongWith } from '../../../test/factories/official-tmf.ts'
import { aPayer } from '../../../test/factories/payments.ts'
import {
  aTmfHouse,
  listIn,
  type TmfCaller,
  type TmfHouse,
  type TmfLine,
  textIn,
  thingIn,
} from '../../../test/factories/tmf.ts'
import { demoShop, startWorld, type World } from '../../../world/index.ts'
import { manualClock } from '../../platform/clock.ts'

const PAYMENT = '/payment/v4/payment'
const clock = manualClock('2027-01-15T09:00:00Z')
let world: World
let listener: HubListener
let house: TmfHouse
let system: TmfCaller
let line: TmfLine
beforeAll(async () => {
  world = await startWorld({ timeScale: 0.001 })
  listener = await aHubListener()
  house = await aTmfHouse({
    clock,
    trustedOrigins: [world.url, listener.origin],
    payments: { ...demoShop, url: world.yookassa.url(), callbackKey: 'a-key-of-callbacks-of-this-test' },
  })
  system = await house.aSystem(['read', 'payments', 'numbers'])
  line = await house.aLine({ bare: true })
})
afterAll(async () => {
  await house.end()
  await world.close()
  listener.end()
})

const tell = (more: object = {}, { of = line, by = system, headers = {} } = {}) => {
  clock.advance(1_000)
  return by.ask(PAYMENT, {
    method: 'POST',
    headers,
    body: {
      account: { id: of.id },
      totalAmount: { unit: 'RUB', value: 150.5 },
      paymentMethod: { '@type': 'cash', name: 'Касса салона' },
      ...more,
    },
  })
}
/** Its owner begins a payment in My. */
async function begin(of: TmfLine): Promise<{ id: string }> {
  const begun = { id: randomUUID(), lineId: of.id, amountKopecks: 20_000 }
  await house.otklik.my.edge.startTopUp(house.otklik.db, aPayer(), begun)
  return begun
}
const balanceOf = async (of: TmfLine): Promise<number> => {
  const read = await house.otklik.my.edge.readLine(house.otklik.db, of.id)
  return read?.value.balanceKopecks ?? Number.NaN
}

describe('money that another system has received', () => {
  test('is on the line at once, as an order with who told of it', async () => {
    const before = await balanceOf(line)
    const made = await tell({
      correlatorId: 'till-1',
      authorizationCode: 'A-77',
      channel: { id: 'shop-12' },
      payer: { id: '1', name: 'Никто', '@referredType': 'Individual' },
    })
    expect(made.status).toBe(201)
    expect(wrongWith('payment', 'Payment', made.body)).toEqual([])
    expect(made.body).toMatchObject({
      correlatorId: 'till-1',
      authorizationCode: 'A-77',
      status: 'done',
      account: { id: line.id, name: line.msisdn },
      totalAmount: { unit: 'RUB', value: 150.5 },
      channel: { id: 'shop-12' },
      paymentMethod: { '@type': 'cash' },
    })
    expect(JSON.stringify(made.body)).not.toContain('Никто')
    expect(await balanceOf(line)).toBe(before + 15_050)
    const order = await house.otklik.my.edge.findOrder(house.otklik.db, thingIn(made.body).id)
    expect(order).toMatchObject({
      state: 'done',
      request: { kind: 'top-up', amountKopecks: 15_050 },
      by: { kind: 'service', name: 'биллинг', through: 'api' },
    })
    expect((await system.ask(`${PAYMENT}/${thingIn(made.body).id}`)).body).toEqual(made.body)
    expect((await system.ask(`${PAYMENT}?correlatorId=till-1`)).body).toEqual([made.body])
  })

  test('is credited once, however often and by however many at a time it is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.boolean(), async (times, keyed) => {
        const before = await balanceOf(line)
        const name = randomUUID()
        const more = keyed ? {} : { correlatorId: name }
        const headers = keyed ? { 'idempotency-key': name } : {}
        const answers = await Promise.all(Array.from({ length: times }, () => tell(more, { headers })))
        expect(new Set(answers.map(({ status, body }) => `${status} ${thingIn(body).id}`)).size).toBe(1)
        expect(await balanceOf(line)).toBe(before + 15_050)
      }),
      { numRuns: 8 },
    )
  })

  test('another payment under the same name is refused, and one of another client is another', async () => {
    const other = await house.aLine({ bare: true })
    const made = await tell({ correlatorId: 'till-2' })
    const before = await balanceOf(line)
    const others = [
      tell({ correlatorId: 'till-2', totalAmount: { unit: 'RUB', value: 150.51 } }),
      tell({ correlatorId: 'till-2' }, { of: other }),
      tell({ correlatorId: 'till-2', authorizationCode: 'B' }),
    ]
    for (const answer of await Promise.all(others))
      expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } })
    expect(await balanceOf(line)).toBe(before)
    const stranger = await house.aSystem(['read', 'payments'])
    const theirs = await tell({ correlatorId: 'till-2' }, { by: stranger })
    expect(theirs.status).toBe(201)
    expect(thingIn(theirs.body).id).not.toBe(thingIn(made.body).id)
    expect((await stranger.ask(`${PAYMENT}?correlatorId=till-1`)).body).toEqual([])
  })

  test('is taken whatever a person may pay in a day, and does not use that up', async () => {
    const rich = await house.aLine({ bare: true })
    const { edge } = house.otklik.my
    const before = await edge.readTopUpTerms(house.otklik.db, rich.id)
    expect((await tell({ totalAmount: { unit: 'RUB', value: 900_000 } }, { of: rich })).status).toBe(201)
    expect(await edge.readTopUpTerms(house.otklik.db, rich.id)).toEqual(before)
  })

  test('in other money, in parts of a kopeck, of nothing or for nobody is refused', async () => {
    const before = await balanceOf(line)
    const amounts = [
      { unit: 'USD', value: 1 },
      { unit: 'RUB', value: 0.001 },
      { unit: 'RUB', value: 0 },
      { unit: 'RUB', value: -100 },
      { unit: 'RUB', value: 1e12 },
      { unit: 'RUB', value: 'x' },
    ]
    for (const totalAmount of amounts)
      expect(await tell({ totalAmount })).toMatchObject({ status: 400, body: { '@type': 'Error' } })
    expect((await tell({ paymentMethod: {} })).status).toBe(400)
    expect((await tell({ account: undefined })).status).toBe(400)
    for (const id of [randomUUID(), 'x']) expect((await tell({ account: { id } })).status).toBe(404)
    expect(await balanceOf(line)).toBe(before)
  })

  test('only a client that may tell of money is believed', async () => {
    const writer = await house.aSystem(['read', 'write'])
    const answer = await tell({}, { by: writer })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toContain('scope="payments"')
    expect((await system.ask('/productOrderingManagement/v4/productOrder', { method: 'POST' })).status).toBe(
      403,
    )
  })
})

describe('payments of a line', () => {
  test('are told newest first, page by page, whoever took the money', async () => {
    const paid = await house.aLine({ bare: true })
    await tell({ correlatorId: `first-${paid.id}` }, { of: paid })
    clock.advance(1_000)
    const begun = await begin(paid)
    const list = `${PAYMENT}?account.name=${paid.msisdn}`
    const { body } = await system.ask(list)
    expect(listIn(body).flatMap((one) => wrongWith('payment', 'Payment', one))).toEqual([])
    expect(body).toMatchObject([
      { id: begun.id, status: 'pendingAuthorization', channel: { id: 'yookassa' } },
      { status: 'done', correlatorId: `first-${paid.id}` },
    ])
    expect(JSON.stringify(body)).not.toContain('checkout')
    const page = await system.ask(`${list}&offset=1&limit=1&fields=status`)
    expect([page.status, listIn(page.body)[0]!.status]).toEqual([206, 'done'])
    const done = await system.ask(`${PAYMENT}?account.id=${paid.id}&status=done`)
    expect(done.body).toEqual([listIn(body)[1]!])
  })

  test('are told masked to who may not see numbers, and to nobody who does not say whose', async () => {
    const reader = await house.aSystem(['read'])
    const { body } = await reader.ask(`${PAYMENT}?account.id=${line.id}&limit=1`)
    expect(textIn(body, 'account.name')).not.toBe(line.msisdn)
    expect((await reader.ask(PAYMENT)).status).toBe(400)
    expect((await reader.ask(`${PAYMENT}/${randomUUID()}`)).status).toBe(404)
    expect((await reader.ask('/payment/v4/refund')).status).toBe(404)
  })
})

describe('a hub of payments', () => {
  const HUB = '/payment/v4/hub'
  /** What it was told of a payment, oldest first. */
  const heardOf = (id: string) =>
    listener.heard.filter(({ body }) => textIn(body, 'event.payment.id') === id).map(({ body }) => body)

  test('tells who registered of every payment, as it is when the event leaves', async () => {
    const hears = await house.aSystem(['read', 'write'])
    const made = await hears.ask(HUB, { method: 'POST', body: { callback: listener.callback } })
    expect(made.status).toBe(201)
    const paid = await house.aLine({ bare: true })
    const told = thingIn((await tell({ correlatorId: `heard-${paid.id}` }, { of: paid })).body)
    const first = await eventually(async () => heardOf(told.id)[0])
    expect(wrongWith('payment', 'PaymentStateChangeEvent', first)).toEqual([])
    expect(first).toMatchObject({
      eventType: 'PaymentStateChangeEvent',
      event: { payment: { status: 'done', correlatorId: `heard-${paid.id}`, account: { id: paid.id } } },
    })
    // Whoever may not see numbers is not told them here either.
    expect(JSON.stringify(first)).not.toContain(paid.msisdn)

    const begun = await begin(paid)
    const [waiting] = await eventually(async () => heardOf(begun.id).length > 0 && heardOf(begun.id))
    expect(waiting).toMatchObject({ event: { payment: { status: 'pendingAuthorization' } } })
    const there = world.yookassa.payments().find(({ metadata }) => metadata?.payment_id === begun.id)
    world.yookassa.pay(there?.id ?? '')
    clock.advance(60_000)
    await eventually(async () =>
      heardOf(begun.id).some((one) => textIn(one, 'event.payment.status') === 'done'),
    )

    expect((await hears.ask(`${HUB}/${thingIn(made.body).id}`, { method: 'DELETE' })).status).toBe(204)
    const unheard = thingIn((await tell({}, { of: paid })).body)
    await house.otklik.drain()
    expect(heardOf(unheard.id)).toEqual([])
  })

  test('knows events of payments alone', async () => {
    const hears = await house.aSystem(['read', 'write'])
    const body = { callback: listener.callback, query: 'eventType=ProductOrderStateChangeEvent' }
    expect((await hears.ask(HUB, { method: 'POST', body })).status).toBe(400)
  })
})
