import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { OrderRequest } from '../../contracts/orders.ts'
import { changeHolder } from '../../server/operator/lines/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aCaller, aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import {
  aWorldWithSms,
  openSmsDoor,
  type SubscriberCaller,
  signInBySms,
} from '../factories/subscriber-caller.ts'

const { conversations, lines, my, orders } = contracts
const OWNER = '79000000201'
const FRIEND = '79000000202'
const STRANGER = '79000000203'
const NOBODY = '79000000299'
let world: World
let otklik: TestOtklik
let owner: SubscriberCaller
let friend: SubscriberCaller
let stranger: SubscriberCaller
let lineId: string
let othersId: string
let friendsId: string

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await seedOfferings(otklik)
  lineId = await anOperatorLine(otklik, { msisdn: OWNER, name: 'Анна Ветрова' })
  friendsId = await anOperatorLine(otklik, { msisdn: FRIEND, name: 'Пётр Лугов' })
  othersId = await anOperatorLine(otklik, { msisdn: STRANGER, name: 'Олег Чужой' })
  owner = await signInBySms(otklik.url, world, OWNER)
  friend = await signInBySms(otklik.url, world, FRIEND)
  stranger = await signInBySms(otklik.url, world, STRANGER)
}, 120_000)
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})
// Five numbers a day are what an owner may ask; each test has a day of its own.
beforeEach(async () => {
  await rows(
    otklik.db,
    sql`update orders.line_order set placed_at = placed_at - interval '2 days' where state <> 'pending'`,
  )
})

const at = (id = lineId) => ({ id })
const place = (who: Caller, request: OrderRequest, id = lineId, orderId = uuid()) =>
  who.call(orders.placeOrder, { params: at(id), body: { id: orderId, request } })
const share = (toMsisdn: string) => ({ kind: 'share-line', toMsisdn }) as const
const offersOf = (who: Caller) => who.call(my.listAccessOffers)
const answer = (who: Caller, id: string, accept: boolean) =>
  who.call(my.answerAccessOffer, { params: { id }, body: { accept } })
const settings = () => owner.call(lines.getLineSettings, { params: at() })
const others = async () => (await settings()).people.filter(({ role }) => role !== 'owner')
const orderOf = (id: string) => owner.call(orders.getOrder, { params: { id } })
const linesOf = async (who: Caller) =>
  (await who.call(my.getMySession)).lines.map(({ id, role }) => ({ id, role }))
const refused = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) })

async function tellCode(who: SubscriberCaller, msisdn: string): Promise<void> {
  const before = world.sms.sentTo(msisdn).length
  const { challengeId } = await who.call(my.sendFreshCode)
  const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
  await who.call(my.confirmFreshCode, { body: { challengeId, code: /\d{6}/.exec(sent.text)![0] } })
}
/** Somebody who was asked and has agreed. Gives whom of the books they are. */
async function letIn(): Promise<string> {
  const { id } = await place(owner, share(FRIEND))
  await answer(friend, id, true)
  return (await others())[0]!.id
}

describe('whoever asks about transfers to many numbers', () => {
  test('is soon asked to wait: nobody finds out number by number which are ours', async () => {
    await rows(otklik.db, sql`delete from platform.rate_limit`)
    const ask = (n: number) => {
      const request = {
        kind: 'transfer-money',
        toMsisdn: `790123${10_000 + n}`,
        amountKopecks: 10_000,
      } as const
      return owner.call(orders.previewOrder, { params: at(), body: { request } })
    }
    for (let n = 0; n < 60; n++) await ask(n)
    await expect(ask(60)).rejects.toEqual(refused('rate_limited'))
    const request = { kind: 'send-settings', topic: 'internet' } as const
    expect(await owner.call(orders.previewOrder, { params: at(), body: { request } })).toMatchObject({
      possible: true,
    })
    await rows(otklik.db, sql`delete from platform.rate_limit`)
  })
})

describe('the owner of a line', () => {
  test('lets somebody see it only after a fresh code, who is asked by SMS and sees it once they agree', async () => {
    // The code of signing in was a while ago.
    await rows(otklik.db, sql`update my.session set fresh_until = null`)
    await expect(place(owner, share(FRIEND))).rejects.toEqual(refused('fresh_code_required'))
    await tellCode(owner, OWNER)
    const preview = await owner.call(orders.previewOrder, { params: at(), body: { request: share(FRIEND) } })
    expect(preview).toMatchObject({ possible: true, effects: [{ warning: 'access-given' }] })
    const before = world.sms.sentTo(FRIEND).length
    const { id, state } = await place(owner, share(FRIEND))
    expect(state).toBe('pending')
    const sms = await eventually(async () => world.sms.sentTo(FRIEND)[before])
    expect(sms.text).toContain('0201')
    expect(sms.text).not.toContain(OWNER)
    expect((await settings()).offered).toMatchObject([{ orderId: id, msisdn: FRIEND }])
    expect(await linesOf(friend)).toHaveLength(1)
    const [offer] = await offersOf(friend)
    expect(offer?.id).toBe(id)
    expect(offer?.msisdn).not.toContain('0000002')

    await answer(friend, id, true)
    await answer(friend, id, true)
    expect(await linesOf(friend)).toContainEqual({ id: lineId, role: 'trusted' })
    expect(await friend.call(my.getMyHome, { query: { line: lineId } })).toMatchObject({
      role: 'trusted',
      buckets: [],
    })
    await expect(friend.call(lines.getLineSettings, { params: at() })).rejects.toEqual(refused('forbidden'))
    expect(await others()).toMatchObject([{ name: 'Пётр Лугов', role: 'trusted' }])
    expect(await orderOf(id)).toMatchObject({ state: 'done', by: { kind: 'subscriber', through: 'my' } })
    const { entries } = await owner.call(my.readMyTimeline)
    expect(entries.find((one) => one.order?.id === id)?.order).toMatchObject({ state: 'done' })
  })

  test('ends it at once', async () => {
    const { id } = (await others())[0]!
    const request = { kind: 'end-access', partyId: id } as const
    const orderId = uuid()
    expect((await place(owner, request, lineId, orderId)).state).toBe('done')
    expect((await place(owner, request, lineId, orderId)).id).toBe(orderId)
    expect(await linesOf(friend)).toHaveLength(1)
    await expect(friend.call(my.getMyHome, { query: { line: lineId } })).rejects.toMatchObject({
      status: 404,
    })
    await expect(place(owner, request)).rejects.toEqual(refused('order_refused'))
  })

  test('stays, and so does whoever uses the line', async () => {
    const { id } = (await settings()).people[0]!
    await expect(place(owner, { kind: 'end-access', partyId: id })).rejects.toEqual(refused('order_refused'))
    await expect(place(owner, { kind: 'leave-line' })).rejects.toEqual(refused('forbidden'))
  })

  test('hears the same of a number that there is and of one that there is not', async () => {
    const shown = async (toMsisdn: string) => {
      const preview = await owner.call(orders.previewOrder, {
        params: at(),
        body: { request: share(toMsisdn) },
      })
      const order = await place(owner, share(toMsisdn))
      await owner.call(orders.undoOrder, { params: { id: order.id } })
      const bare = { ...order, id: '', placedAt: '', request: null }
      return { preview: { ...preview, request: null }, order: bare }
    }
    expect(await shown(STRANGER)).toEqual(await shown(NOBODY))
  })

  test('is not told whether somebody declined or nobody answered', async () => {
    const declined = await place(owner, share(FRIEND))
    const unheard = await place(owner, share(NOBODY))
    await answer(friend, declined.id, false)
    await answer(friend, declined.id, false)
    await rows(otklik.db, sql`update orders.line_order set carry_out_at = now() where id = ${unheard.id}`)
    const over = await eventually(async () => {
      const order = await orderOf(unheard.id)
      return order.state === 'refused' ? order : undefined
    })
    expect(over.reason).toEqual((await orderOf(declined.id)).reason)
    expect(await others()).toEqual([])
    expect((await settings()).offered).toEqual([])
  })

  test('takes an invitation back before it is answered', async () => {
    const { id } = await place(owner, share(FRIEND))
    expect((await owner.call(orders.undoOrder, { params: { id } })).state).toBe('undone')
    expect(await offersOf(friend)).toEqual([])
    await expect(answer(friend, id, true)).rejects.toMatchObject({ status: 404 })
  })

  test('asks one number once at a time, not their own, and few in a day', async () => {
    await expect(place(owner, share(OWNER))).rejects.toEqual(refused('order_refused'))
    const orderId = uuid()
    await place(owner, share(FRIEND), lineId, orderId)
    expect((await place(owner, share(FRIEND), lineId, orderId)).id).toBe(orderId)
    await expect(place(owner, share(STRANGER), lineId, orderId)).rejects.toEqual(
      refused('idempotency_key_reused'),
    )
    await expect(place(owner, share(FRIEND))).rejects.toEqual(refused('order_refused'))
    await owner.call(orders.undoOrder, { params: { id: orderId } })
    for (let n = 1; n < 5; n++) {
      const { id } = await place(owner, share(`7900000031${n}`))
      await owner.call(orders.undoOrder, { params: { id } })
    }
    await expect(place(owner, share(FRIEND))).rejects.toMatchObject({
      problem: { facts: { conflicts: [{ conflict: 'too-many', about: 'day' }] } },
    })
  })
})

describe('whoever is trusted with a line', () => {
  test('gives it up themselves, and the owner sees that', async () => {
    await letIn()
    const preview = await friend.call(orders.previewOrder, {
      params: at(),
      body: { request: { kind: 'leave-line' } },
    })
    expect(preview).toMatchObject({ possible: true, effects: [{ warning: 'access-ends' }] })
    const { id, state } = await place(friend, { kind: 'leave-line' })
    expect(state).toBe('done')
    expect(await others()).toEqual([])
    expect(await linesOf(friend)).toHaveLength(1)
    expect(await orderOf(id)).toMatchObject({ by: { kind: 'subscriber', name: 'Пётр Лугов' } })
  })

  test('has an agent who talks with them look at lines of theirs, not at what they were shown', async () => {
    const partyId = await letIn()
    await friend.call(my.sendMyMessage, { body: { id: uuid(), text: 'Что у Анны на счёте?' } })
    const timur = await aStaffCaller(otklik.url, otklik.logins.timur)
    const conversationId = await eventually(async () => {
      const { items } = await timur.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find(({ preview }) => preview === 'Что у Анны на счёте?')?.id
    })
    await timur.call(conversations.claimConversation, { params: { id: conversationId } })
    const look = (id: string) => timur.call(lines.getLine, { params: at(id) })
    expect(await look(friendsId)).toMatchObject({ state: 'active' })
    await expect(look(lineId)).rejects.toEqual(refused('need_to_know'))
    await place(owner, { kind: 'end-access', partyId })
  })

  test('lets nobody else in, and puts nobody out', async () => {
    const partyId = await letIn()
    await tellCode(friend, FRIEND)
    await expect(place(friend, share(STRANGER))).rejects.toEqual(refused('forbidden'))
    await expect(place(friend, { kind: 'end-access', partyId })).rejects.toEqual(refused('forbidden'))
    await place(owner, { kind: 'end-access', partyId })
  })
})

describe('somebody else', () => {
  test('finds no line, no offer and nobody on it', async () => {
    const partyId = await letIn()
    await place(owner, { kind: 'end-access', partyId })
    const { id } = await place(owner, share(FRIEND))
    await tellCode(stranger, STRANGER)
    const requests = [share(STRANGER), { kind: 'end-access', partyId }, { kind: 'leave-line' }] as const
    for (const request of requests) {
      const preview = { params: at(), body: { request } }
      await expect(stranger.call(orders.previewOrder, preview)).rejects.toMatchObject({ status: 404 })
      await expect(place(stranger, request)).rejects.toMatchObject({ status: 404 })
      await expect(place(aCaller(otklik.url, { origin: otklik.url }), request)).rejects.toMatchObject({
        status: 401,
      })
    }
    // On a line of their own they meet nobody of this one.
    await expect(place(stranger, { kind: 'end-access', partyId }, othersId)).rejects.toEqual(
      refused('order_refused'),
    )
    for (const accept of [true, false])
      for (const who of [stranger, owner])
        await expect(answer(who, id, accept)).rejects.toMatchObject({ status: 404 })
    expect(await offersOf(stranger)).toEqual([])
    await expect(offersOf(aCaller(otklik.url))).rejects.toMatchObject({ status: 401 })
    await expect(stranger.call(orders.undoOrder, { params: { id } })).rejects.toMatchObject({ status: 404 })
    await answer(friend, id, false)
  })

  test('of the staff asks nobody in a person’s name', async () => {
    const irina = await aStaffCaller(otklik.url, otklik.logins.irina)
    await expect(place(irina, share(FRIEND))).rejects.toEqual(refused('forbidden'))
    await expect(place(irina, { kind: 'leave-line' })).rejects.toEqual(refused('forbidden'))
  })

  test('who has the number, or the line, since then was not asked and does not ask', async () => {
    const { id } = await place(owner, share(FRIEND))
    expect(await offersOf(friend)).toHaveLength(1)
    const [{ id: partyOfOther }] = (await rows(
      otklik.db,
      sql<{ id: string }>`select party_id as id from lines.role where line_id = ${othersId}`,
    )) as [{ id: string }]
    await inTransaction(otklik.db, (tx) =>
      changeHolder(tx, otklik.lines, { lineId, ref: uuid(), partyId: partyOfOther }),
    )
    expect(await offersOf(friend)).toEqual([])
    await expect(answer(friend, id, true)).rejects.toMatchObject({ status: 404 })
  })
})
