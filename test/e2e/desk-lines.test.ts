import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import { contracts } from '../../contracts/index.ts'
import type { ServerFrame } from '../../contracts/realtime.ts'
import { endLine } from '../../server/operator/lines/index.ts'
import { inTransaction, one, sql } from '../../server/platform/database/index.ts'
import type { World } from '../../world/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOperatorLine, seedOfferings } from '../factories/operator-line.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'
import { aWorldWithSms, openSmsDoor, signInBySms } from '../factories/subscriber-caller.ts'

const { conversations, lines, my, orders } = contracts
const MSISDN = '79000000101'
let world: World
let otklik: TestOtklik
let anna: Caller
let irina: Caller
let lineId: string
/** Where the person writes from: the number of the line. */
let pointId: string
let conversationId: string

beforeAll(async () => {
  world = await aWorldWithSms()
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  await openSmsDoor(otklik, world)
  await otklik.reconcileDoors()
  await seedOfferings(otklik)
  lineId = await anOperatorLine(otklik, { msisdn: MSISDN })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
  await world.act('sms', 'anna', { act: 'text', text: 'За что списали деньги?' })
  conversationId = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
    return items.find((each) => each.preview === 'За что списали деньги?')?.id
  })
  const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id: conversationId } })
  pointId = replyLaneId!
  await anna.call(conversations.claimConversation, { params: { id: conversationId } })
})
afterAll(async () => {
  await otklik.end()
  await world.close()
})

/** An open desk: the frames that it is sent. */
async function aDesk(staff: Caller) {
  const frames: ServerFrame[] = []
  const socket = new WebSocket(`${otklik.url.replace('http', 'ws')}/realtime`, {
    headers: { cookie: staff.headers.cookie ?? '', origin: otklik.url },
  })
  socket.on('message', (data) => void frames.push(JSON.parse(String(data))))
  await eventually(async () => frames.some(({ type }) => type === 'ready'))
  const heard = (type: ServerFrame['type']) => frames.some((frame) => frame.type === type)
  return { frames, socket, heard }
}
const watch = (socket: WebSocket) =>
  socket.send(JSON.stringify({ type: 'watch', conversationId, laneSeqs: {} }))
const place = (who: Caller, request: object, id = uuid()) =>
  who.call(orders.placeOrder, { params: { id: lineId }, body: { id, request } })
const balance = async () => (await anna.call(lines.getLine, { params: { id: lineId } })).balanceKopecks
const GIFT = { kind: 'goodwill-credit', reason: 'Связь пропала на весь день' } as const

describe('somebody who writes from a number of ours', () => {
  test('is known by it when an agent asks: their line is theirs on the card, its number masked', async () => {
    const ask = () => anna.call(lines.listLinesOfPerson, { params: { id: pointId } })
    expect(await ask()).toEqual([])
    const recognised = () => anna.call(lines.recogniseLines, { params: { id: pointId } })
    expect(await recognised()).toMatchObject([
      { id: lineId, role: 'owner', state: 'active', msisdn: '+7 900 ***-**-01' },
    ])
    expect(await recognised()).toHaveLength(1)
    expect(await ask()).toHaveLength(1)
    const { person } = await anna.call(conversations.getConversation, { params: { id: conversationId } })
    expect(person.name).toContain('Ветрова')
  })

  test('has the number shown to who says why, audited and counted', async () => {
    const params = { id: lineId }
    const shown = await anna.call(lines.revealLineNumber, { params, body: { reason: 'Сверяю номер' } })
    expect(shown).toMatchObject({ msisdn: MSISDN, leftToday: 29 })
    const look = await one(
      otklik.db,
      sql<{ reason: string }>`select reason from audit.access where act = 'reveal' order by id desc limit 1`,
    )
    expect(look).toEqual({ reason: 'Сверяю номер' })
    const timur = await aStaffCaller(otklik.url, otklik.logins.timur)
    await expect(
      timur.call(lines.revealLineNumber, { params, body: { reason: 'Просто так' } }),
    ).rejects.toMatchObject({ problem: { code: 'need_to_know' } })
  })
})

describe('what an agent does to a line', () => {
  test('stands on the person’s timeline at once, and screens look at the line again', async () => {
    const { socket, frames, heard } = await aDesk(anna)
    watch(socket)
    await eventually(async () => heard('viewers'))
    const id = uuid()
    const request = { kind: 'connect-option', code: 'an-option' }
    const [first, second] = await Promise.all([place(anna, request, id), place(anna, request, id)])
    expect([first.state, second.id]).toEqual(['done', id])
    await eventually(async () => heard('line'))
    const told = await eventually(async () =>
      frames
        .flatMap((frame) => (frame.type === 'entries' ? frame.entries : []))
        .find(({ kind }) => kind === 'order'),
    )
    expect(told.body).toMatchObject({ order: { id, state: 'done', by: { name: 'Анна Орлова' } } })
    socket.close()
  })

  test('beyond their limit waits for a second pair of eyes, of which the person hears nothing', async () => {
    const phone = await signInBySms(otklik.url, world, MSISDN)
    const before = await balance()
    const desk = await aDesk(irina)
    const asked = await place(anna, { ...GIFT, amountKopecks: 50_000 })
    expect(asked.state).toBe('approval')
    await eventually(async () => desk.heard('approvals'))
    expect(await irina.call(orders.countOrdersToApprove)).toEqual({ count: 1 })
    const { items } = await irina.call(orders.listOrdersToApprove)
    expect(items).toMatchObject([
      { own: false, msisdn: '+7 900 ***-**-01', order: { by: { name: 'Анна Орлова' }, request: GIFT } },
    ])
    const told = async () => (await phone.call(my.readMyTimeline)).entries.flatMap(({ order }) => order ?? [])
    expect((await told()).map(({ request }) => request.kind)).not.toContain('goodwill-credit')
    const params = { id: asked.id }
    await expect(phone.call(orders.getOrder, { params })).rejects.toMatchObject({ status: 404 })
    await expect(anna.call(orders.decideOrder, { params, body: { approve: true } })).rejects.toMatchObject({
      status: 403,
    })
    // A no is owed a word.
    await expect(irina.call(orders.decideOrder, { params, body: { approve: false } })).rejects.toMatchObject({
      status: 400,
    })
    desk.frames.length = 0
    const decided = await irina.call(orders.decideOrder, {
      params,
      body: { approve: true, reason: 'Авария подтвердилась' },
    })
    expect(decided).toMatchObject({ state: 'done', decision: { by: 'Ирина Ковалёва', approved: true } })
    await eventually(async () => desk.heard('approvals'))
    expect(await balance()).toBe(before + 50_000)
    const gift = (await told()).find(({ request }) => request.kind === 'goodwill-credit')
    // The person hears of the money, not of the words among the staff.
    expect(gift).toMatchObject({ by: { name: 'Анна' }, approvedBy: null, request: { reason: '***' } })
    expect(gift).not.toHaveProperty('decision')
    desk.socket.close()
  })

  test('is not decided by who asked for it, supervisor or not', async () => {
    const { id } = await place(irina, { ...GIFT, amountKopecks: 400_000 })
    const { items } = await irina.call(orders.listOrdersToApprove)
    expect(items).toMatchObject([{ own: true, order: { id } }])
    expect(await irina.call(orders.countOrdersToApprove)).toEqual({ count: 0 })
    await expect(
      irina.call(orders.decideOrder, { params: { id }, body: { approve: true } }),
    ).rejects.toMatchObject({ status: 403 })
    const admin = await aStaffCaller(otklik.url, otklik.logins.admin)
    const no = { approve: false, reason: 'Слишком много за один день' }
    expect(await admin.call(orders.decideOrder, { params: { id }, body: no })).toMatchObject({
      state: 'declined',
      approvedBy: null,
    })
    await expect(admin.call(orders.decideOrder, { params: { id }, body: no })).rejects.toMatchObject({
      status: 409,
    })
  })
})

describe('when a line ends', () => {
  test('screens of its people learn that it is theirs no longer', async () => {
    const { socket, frames, heard } = await aDesk(anna)
    watch(socket)
    await eventually(async () => heard('viewers'))
    frames.length = 0
    await inTransaction(otklik.db, (tx) => endLine(tx, otklik.lines, { lineId, ref: uuid() }))
    await eventually(async () => heard('resync'))
    expect(await anna.call(lines.listLinesOfPerson, { params: { id: pointId } })).toEqual([])
    socket.close()
  })
})
