import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { findInForce, seedCatalogue } from '../../server/operator/catalogue/index.ts'
import { addParty, giveRole, openLines } from '../../server/operator/lines/index.ts'
import { inTransaction } from '../../server/platform/database/index.ts'
import { demoShop, type World } from '../../world/index.ts'
import { aCaller, aStaffCaller, Refused } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { aTariff } from '../factories/offerings.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { CALLBACK_KEY } from '../factories/payments.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'

const { payments, my, orders } = contracts
const MSISDN = '79000000101'
const FRIEND = '79000000102'
let world: World
let otklik: TestOtklik
let lineId: string
let phone: SubscriberCaller

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({
    trustedOrigins: [world.url],
    payments: { ...demoShop, url: world.yookassa.url(), callbackKey: CALLBACK_KEY },
  })
  world.yookassa.notify(`${otklik.url}/payments/yookassa/webhook?key=${CALLBACK_KEY}`)
  await openSmsDoor(otklik, world)
  const { db, clock, lines } = otklik
  await seedCatalogue(db, clock, [aTariff()], 'Волна')
  lineId = await inTransaction(db, async (tx) => {
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, lines, { kind: 'person', name: 'Анна Ветрова' })
    const opening = { kopecks: 60_000, from: 'payments:opening' }
    const common = { partyId, region: 'Москва', timeZone: 'Europe/Moscow', tariffId: tariff?.id ?? '' }
    const [id = ''] = await openLines(tx, lines, [{ ...common, msisdn: MSISDN, opening }])
    return id
  })
  phone = await signInBySms(otklik.url, world, MSISDN)
})
afterAll(async () => {
  world?.yookassa.notify(undefined)
  await otklik?.end()
  await world?.close()
})

/** Somebody with a number of their own, trusted with Anna's. Gives their line's id. */
const aFriend = () =>
  inTransaction(otklik.db, async (tx) => {
    const { lines } = otklik
    const tariff = await findInForce(tx, 'a-tariff')
    const partyId = await addParty(tx, lines, { kind: 'person', name: 'Пётр Лугов' })
    const common = { partyId, region: 'Москва', timeZone: 'Europe/Moscow', tariffId: tariff?.id ?? '' }
    const [id = ''] = await openLines(tx, lines, [{ ...common, msisdn: FRIEND }])
    await giveRole(tx, lines, { lineId, partyId, role: 'trusted', validTo: null })
    return id
  })
const balance = async () => (await phone.call(my.getMyHome)).balanceKopecks
const begin = (amountKopecks: number, id = uuid()) =>
  phone.call(payments.startTopUp, { params: { id: lineId }, body: { id, amountKopecks } })
const standing = (id: string) => phone.call(payments.getTopUp, { params: { id } })

describe('topping up in My', () => {
  test('goes through the provider’s page and comes back paid, once, with its order on the line', async () => {
    const { id, redirectUrl, state } = await begin(30_000)
    expect(state).toBe('waiting')
    const page = await fetch(redirectUrl ?? '', { headers: { 'accept-language': 'ru' } })
    expect(await page.text()).toMatch(/300,00\s₽/)
    const paid = await fetch(redirectUrl ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'card=good&decision=pay',
      redirect: 'manual',
    })
    expect([paid.status, paid.headers.get('location')]).toEqual([
      303,
      `${otklik.url}/my/finance/top-up/${id}`,
    ])
    await eventually(async () => (await standing(id)).state === 'succeeded' || undefined)
    expect(await balance()).toBe(40_000)
    expect(await phone.call(orders.getOrder, { params: { id } })).toMatchObject({
      state: 'done',
      request: { kind: 'top-up', amountKopecks: 30_000 },
    })
    const { entries } = await phone.call(my.readMyTimeline)
    expect(entries.flatMap(({ order }) => (order ? [`${order.request.kind} ${order.state}`] : []))).toContain(
      'top-up done',
    )
  })

  test('survives a callback that is lost, an answer that is lost and a provider that is slow', async () => {
    const before = await balance()
    world.faults.plan({ service: 'yookassa', method: 'POST /payments', kind: 'drop-after-accept' })
    world.faults.plan({ service: 'yookassa', method: 'notification', kind: 'drop' })
    const { id } = await begin(10_000)
    await eventually(async () => (await standing(id)).state === 'waiting' || undefined)
    world.faults.plan({ service: 'yookassa', method: 'GET /payments/:id', kind: 'slow', delayMs: 500 })
    const there = world.yookassa.payments().filter(({ metadata }) => metadata?.payment_id === id)
    expect(there).toHaveLength(1)
    world.yookassa.pay(there[0]?.id ?? '')
    await vi.waitFor(async () => expect((await standing(id)).state).toBe('succeeded'), 30_000)
    expect(await balance()).toBe(before + 10_000)
  })

  test('is nobody else’s: not to see, not to begin, not to learn of', async () => {
    const { id } = await begin(10_000)
    const stranger = aCaller(otklik.url, { origin: otklik.url })
    await expect(stranger.call(payments.getTopUp, { params: { id } })).rejects.toMatchObject({ status: 401 })
    const agent = await aStaffCaller(otklik.url, otklik.logins.anna)
    await expect(agent.call(payments.getTopUp, { params: { id } })).rejects.toMatchObject({ status: 403 })
    await expect(
      agent.call(payments.startTopUp, {
        params: { id: lineId },
        body: { id: uuid(), amountKopecks: 10_000 },
      }),
    ).rejects.toBeInstanceOf(Refused)
    const supervisor = await aStaffCaller(otklik.url, otklik.logins.irina)
    expect(await supervisor.call(payments.listUnknownTopUps)).toEqual({ items: [], next: null })
  })

  test('refuses forged callbacks with 401, and counts them where the watch looks', async () => {
    const body = JSON.stringify({ type: 'notification', event: 'payment.succeeded', object: { id: uuid() } })
    const forged = await fetch(`${otklik.url}/payments/yookassa/webhook?key=wrong`, { method: 'POST', body })
    const nobody = await fetch(`${otklik.url}/payments/nobody/webhook?key=${CALLBACK_KEY}`, {
      method: 'POST',
      body,
    })
    expect([forged.status, nobody.status]).toEqual([401, 401])
    const { text } = await otklik.metrics.read()
    expect(text).toContain('otklik_payment_callbacks_total{outcome="forged"} 2')
    expect(text).toMatch(/otklik_open_payments\{state="waiting"\} 1/)
  })

  test('shows who may only put money on a line what they began there themselves, and nothing of the others', async () => {
    const friendsId = await aFriend()
    const friend = await signInBySms(otklik.url, world, FRIEND)
    const id = uuid()
    await begin(20_000)
    await friend.call(payments.startTopUp, { params: { id: lineId }, body: { id, amountKopecks: 15_000 } })
    const list = (who: SubscriberCaller, of = lineId) => who.call(payments.listTopUps, { params: { id: of } })
    expect((await list(friend)).items.map((one) => one.id)).toEqual([id])
    expect((await list(friend, friendsId)).items).toEqual([])
    const amounts = (await list(phone)).items.map(({ amountKopecks }) => amountKopecks)
    expect(amounts.slice(0, 2)).toEqual([15_000, 20_000])
    await expect(list(phone, friendsId)).rejects.toMatchObject({ status: 404 })
  })

  test('is not offered where nobody takes payments', async () => {
    const poor = await anOtklik()
    try {
      const answer = await fetch(`${poor.url}/payments/yookassa/webhook?key=`, { method: 'POST', body: '{}' })
      expect(answer.status).toBe(401)
    } finally {
      await poor.end()
    }
  })
})
