import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { demoShop, type World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { CALLBACK_KEY } from '../factories/payments.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'

const { conversations, my, orders, payments, staff } = contracts
const MSISDN = '79000000101'
const REASON = 'ошиблась номером'
let world: World
let otklik: TestOtklik
let phone: SubscriberCaller
let anna: Caller
let irina: Caller
let admin: Caller
let lineId: string
let topUpId: string

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({
    trustedOrigins: [world.url],
    payments: { ...demoShop, url: world.yookassa.url(), callbackKey: CALLBACK_KEY },
  })
  world.yookassa.notify(`${otklik.url}/payments/yookassa/webhook?key=${CALLBACK_KEY}`)
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  lineId = await anOperatorLine(otklik, { msisdn: MSISDN })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  phone = await signInBySms(otklik.url, world, MSISDN)
  await theyWrite()
  topUpId = await pay(1_500_000)
})
afterAll(async () => {
  world?.yookassa.notify(undefined)
  await otklik?.end()
  await world?.close()
})

/** Anna answers them: she may look at their line. */
async function theyWrite(): Promise<void> {
  await world.act('sms', 'anna', { act: 'text', text: 'Верните деньги на карту' })
  const id = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
    return items[0]?.id
  })
  await anna.call(conversations.claimConversation, { params: { id } })
}

/** They pay in My. */
async function pay(amountKopecks: number): Promise<string> {
  const id = uuid()
  await phone.call(payments.startTopUp, { params: { id: lineId }, body: { id, amountKopecks } })
  const there = await eventually(async () =>
    world.yookassa.payments().find(({ metadata }) => metadata?.payment_id === id),
  )
  world.yookassa.pay(there.id)
  await eventually(async () => (await standing(id)).state === 'succeeded')
  return id
}

const standing = (id: string) => phone.call(payments.getTopUp, { params: { id } })
const balance = async () => (await phone.call(my.getMyHome)).balanceKopecks
const refund = (who: Caller, amountKopecks: number, id = uuid()) =>
  who.call(orders.placeOrder, {
    params: { id: lineId },
    body: { id, request: { kind: 'refund-top-up', topUpId, amountKopecks, reason: REASON } },
  })
const decide = (who: Caller, id: string, body: object = { approve: true }) =>
  who.call(orders.decideOrder, { params: { id }, body })
const stateOf = async (id: string) => (await irina.call(orders.getOrder, { params: { id } })).state

describe('a top-up that goes back to the card', () => {
  test('is on the desk’s list of payments, and is given back once, however often it is asked for', async () => {
    const before = await balance()
    const id = uuid()
    const asked = await Promise.all([refund(anna, 20_000, id), refund(anna, 20_000, id)])
    expect(asked.map(({ id: one }) => one)).toEqual([id, id])
    await eventually(async () => (await stateOf(id)) === 'done')
    expect(await balance()).toBe(before - 20_000)
    const { items } = await anna.call(payments.listTopUps, { params: { id: lineId } })
    expect(items).toMatchObject([
      { id: topUpId, state: 'succeeded', amountKopecks: 1_500_000, refundedKopecks: 20_000 },
    ])
    expect(world.yookassa.refunds()).toMatchObject([{ amount: { value: '200.00' }, status: 'succeeded' }])
    expect(await irina.call(payments.listUnknownRefunds)).toEqual({ items: [], next: null })
  })

  test('above the agent’s limit waits for a supervisor, of which neither card nor person hears before', async () => {
    const before = await balance()
    const { id, state } = await refund(anna, 150_000)
    expect(state).toBe('approval')
    for (const who of [anna, phone, await aStaffCaller(otklik.url, otklik.logins.pavel)])
      await expect(decide(who, id)).rejects.toMatchObject({ status: 403 })
    expect(world.yookassa.refunds()).toHaveLength(1)
    expect(await balance()).toBe(before)
    expect(await decide(irina, id)).toMatchObject({ state: 'pending', decision: { approved: true } })
    await eventually(async () => (await stateOf(id)) === 'done')
    await expect(decide(irina, id)).rejects.toMatchObject({ status: 409 })
    expect(await balance()).toBe(before - 150_000)
    // They see the money come back, and not why.
    const told = (await phone.call(my.readMyTimeline)).entries.flatMap(({ order }) => order ?? [])
    expect(told.find((order) => order.id === id)).toMatchObject({ state: 'done', request: { reason: '***' } })
  })

  test('is refused to who does not answer the person', async () => {
    const timur = await aStaffCaller(otklik.url, otklik.logins.timur)
    await expect(refund(timur, 1_000)).rejects.toMatchObject({ problem: { code: 'need_to_know' } })
    const list = timur.call(payments.listTopUps, { params: { id: lineId } })
    await expect(list).rejects.toMatchObject({ problem: { code: 'need_to_know' } })
  })

  test('above a supervisor’s own limit needs a second one; one’s own yes is refused', async () => {
    const before = await balance()
    const { id, state } = await refund(irina, 1_100_000)
    expect(state).toBe('approval')
    await expect(decide(irina, id)).rejects.toMatchObject({
      status: 403,
      problem: { code: 'forbidden', facts: { own: true } },
    })
    expect(await stateOf(id)).toBe('approval')
    await admin.call(staff.changeMember, {
      params: { id: otklik.logins.timur.id },
      body: { roles: ['supervisor'] },
    })
    const second = await aStaffCaller(otklik.url, otklik.logins.timur)
    expect(await decide(second, id)).toMatchObject({
      state: 'pending',
      decision: { by: 'Тимур Галиев', approved: true },
    })
    await eventually(async () => (await stateOf(id)) === 'done')
    expect(await balance()).toBe(before - 1_100_000)
  })

  test('that was declined takes nothing', async () => {
    const before = await balance()
    const { id } = await refund(anna, 120_000)
    const no = { approve: false, reason: 'Номер её же' }
    expect(await decide(irina, id, no)).toMatchObject({ state: 'declined' })
    expect(await balance()).toBe(before)
  })

  test('never comes to more than was paid, and is nobody’s to take for themselves', async () => {
    await expect(refund(anna, 400_000)).rejects.toMatchObject({ problem: { code: 'order_refused' } })
    await expect(refund(phone, 1_000)).rejects.toMatchObject({ status: 403 })
    const pavel = await aStaffCaller(otklik.url, otklik.logins.pavel)
    await expect(refund(pavel, 1_000)).rejects.toMatchObject({ status: 403 })
  })
})
