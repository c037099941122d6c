import { randomUUID } from 'node:crypto'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { contracts } from '../../contracts/index.ts'
import type { Order } from '../../contracts/orders.ts'
import type { ServerFrame } from '../../contracts/realtime.ts'
import { appendEntry } from '../../server/care/timeline/index.ts'
import { hearOfOperator } from '../../server/compose/index.ts'
import { inTransaction } from '../../server/platform/database/index.ts'
import { aStaffCaller, type Caller } from '../factories/caller.ts'
import { aPerson } from '../factories/edge.ts'
import { eventually } from '../factories/eventually.ts'
import { aMyHouse, type MyHouse, type SubscriberCaller } from '../factories/subscriber-caller.ts'

const { conversations, my } = contracts
let house: MyHouse
let irina: Caller
beforeAll(async () => {
  house = await aMyHouse()
  irina = await aStaffCaller(house.otklik.url, house.otklik.logins.irina)
})
afterAll(() => house.end())

const someone = async (people = [aPerson()]) => {
  const line = house.edge.aLine({ people })
  return { line, phone: await house.signIn(line.msisdn) }
}
const write = (phone: Caller, text: string, attachmentIds: string[] = []) =>
  phone.call(my.sendMyMessage, { body: { id: uuid(), text, attachmentIds } })
const story = async (phone: Caller) => (await phone.call(my.readMyTimeline)).entries
const conversationWith = (preview: string) =>
  eventually(async () => {
    const { items } = await irina.call(conversations.listConversations, {
      query: { view: 'all', limit: 100 },
    })
    return items.find((one) => one.preview === preview)
  })
const answer = async (id: string, text: string) => {
  const { replyLaneId: laneId } = await irina.call(conversations.getConversation, { params: { id } })
  await irina.call(conversations.sendMessage, {
    params: { id },
    body: { id: uuid(), laneId, text, undoMs: 0 },
  })
}

const anOrder = (lineId: string, part: Partial<Order> = {}): Order => ({
  id: uuid(),
  lineId,
  request: { kind: 'stop-content', code: 'horoscope' },
  state: 'waiting',
  effects: [],
  by: { kind: 'subscriber', name: 'Анна Петрова', through: 'my' },
  approvedBy: null,
  placedAt: '2026-11-24T09:00:00.000Z',
  carriedOutAt: null,
  undoableUntil: null,
  reason: null,
  ...part,
})
const announceOrder = (order: Order) =>
  inTransaction(house.otklik.db, (tx) =>
    hearOfOperator(tx, house.otklik.my, { kind: 'order-changed', order }),
  )

/** An open app that has read its story: the frames that it is sent from then on. */
async function open(phone: SubscriberCaller) {
  const { laneSeqs } = await phone.call(my.readMyTimeline)
  const frames: ServerFrame[] = []
  const socket = new WebSocket(`${house.otklik.url.replace('http', 'ws')}/realtime?as=my`, {
    headers: { cookie: phone.cookie, origin: house.otklik.url },
  })
  socket.on('message', (data) => void frames.push(JSON.parse(String(data))))
  await eventually(async () => frames.some(({ type }) => type === 'ready'))
  socket.send(JSON.stringify({ type: 'my-watch', laneSeqs }))
  const entries = () => frames.flatMap((frame) => (frame.type === 'my-entries' ? frame.entries : []))
  return { frames, entries, socket }
}

describe('the chat in the app', () => {
  test('comes to the desk as a door of its own, from somebody who is signed in, and the answer comes back', async () => {
    const { phone } = await someone()
    const sent = await write(phone, 'Почему так медленно?')
    expect(sent).toMatchObject({ laneId: phone.session.chatLaneId, seq: expect.any(Number) })
    const { id, channel } = await conversationWith('Почему так медленно?')
    expect(channel).toBe('my')
    const { lanes } = await irina.call(conversations.getConversation, { params: { id } })
    expect(lanes.find((one) => one.channel === 'my')).toMatchObject({ trust: 4, reachable: true })
    // Nobody replies through a line.
    expect(lanes.map((one) => one.channel).sort()).toEqual(['my', 'sms'])
    await answer(id, 'Уже смотрю')
    const entries = await eventually(async () => {
      const read = await story(phone)
      return read.length === 2 && read
    })
    expect(entries).toMatchObject([
      { from: 'me', text: 'Почему так медленно?', channel: 'my' },
      { from: 'agent', name: 'Ирина', text: 'Уже смотрю' },
    ])
  })

  test('stores a message once, however often it is sent', async () => {
    const { phone } = await someone()
    const body = { id: uuid(), text: 'один раз' }
    const sent = await Promise.all([1, 2, 3].map(() => phone.call(my.sendMyMessage, { body })))
    expect(sent.filter(({ seq }) => seq !== null)).toHaveLength(1)
    expect(await story(phone)).toHaveLength(1)
  })

  test('tells what comes as it comes, once and in order; an edit comes as its message again', async () => {
    const { phone } = await someone()
    await write(phone, 'до открытия')
    const { entries, socket } = await open(phone)
    for (const n of [1, 2, 3, 4, 5]) await write(phone, `реплика ${n}`)
    await eventually(async () => entries().length === 5)
    expect(entries().map(({ text }) => text)).toEqual([1, 2, 3, 4, 5].map((n) => `реплика ${n}`))
    const { laneId, seq } = entries()[1]!
    await inTransaction(house.otklik.db, (tx) =>
      appendEntry(tx, house.otklik.clock, {
        laneId,
        direction: 'in',
        author: { kind: 'subscriber', id: null },
        body: { type: 'edit', text: 'исправлено' },
        supersedes: seq,
      }),
    )
    house.otklik.timeline.context.bus.publish({ type: 'entries', lanes: [{ laneId, seq: 0 }] })
    await eventually(async () => entries().length === 6)
    expect(entries().at(-1)).toMatchObject({ seq, text: 'исправлено', edited: true })
    expect((await story(phone)).find((one) => one.seq === seq)).toMatchObject({
      text: 'исправлено',
      edited: true,
    })
    socket.close()
  })

  test('is not read by an agent because the person looks at it', async () => {
    const { phone } = await someone()
    const { frames, entries, socket } = await open(phone)
    await write(phone, 'кто-нибудь?')
    await eventually(async () => entries().length === 1)
    expect(frames.some(({ type }) => type === 'chat-read')).toBe(false)
    const { id } = await conversationWith('кто-нибудь?')
    const desk = new WebSocket(`${house.otklik.url.replace('http', 'ws')}/realtime`, {
      headers: { ...irina.headers },
    })
    await new Promise((resolve) => desk.once('open', resolve))
    desk.send(JSON.stringify({ type: 'watch', conversationId: id, laneSeqs: {} }))
    await eventually(async () => frames.some(({ type }) => type === 'chat-read'))
    desk.close()
    socket.close()
  })

  test('ends for a session that has ended, and opens for nobody from another site', async () => {
    const { phone } = await someone()
    const { frames, socket } = await open(phone)
    await phone.call(my.signOutOfMy, { query: { everywhere: 'yes' } })
    await eventually(async () => frames.some((one) => one.type === 'ended'), 20_000)
    socket.close()
    const foreign = new WebSocket(`${house.otklik.url.replace('http', 'ws')}/realtime?as=my`, {
      headers: { cookie: phone.cookie, origin: 'https://evil.example' },
    })
    await new Promise((resolve) => foreign.once('error', resolve))
  })
})

describe('the story', () => {
  test('holds every door and what was done to the line, and nothing internal', async () => {
    const { line, phone } = await someone()
    await house.world.act('sms', line.msisdn, { act: 'text', text: 'пишу по SMS' }).catch(() => undefined)
    await write(phone, 'пишу в приложении')
    const { id } = await conversationWith('пишу в приложении')
    await irina.call(conversations.addNote, { params: { id }, body: { id: uuid(), text: 'между нами' } })
    const order = anOrder(line.id)
    await announceOrder(order)
    await announceOrder({ ...order, state: 'done' })
    await announceOrder({ ...order, state: 'done' })
    const entries = await story(phone)
    expect(entries.map(({ text }) => text)).not.toContain('между нами')
    const orders = entries.filter((one) => one.order)
    expect(orders).toMatchObject([{ laneId: line.id, channel: null, order: { id: order.id, state: 'done' } }])
    // The desk sees both states; it folds them.
    const { entries: atDesk } = await irina.call(conversations.readTimeline, { params: { id } })
    const states = atDesk.flatMap(({ body }) => (body?.type === 'order' ? [body.order.state] : []))
    expect(states).toEqual(['waiting', 'done'])
  })

  test('shows an order live in the app and at the desk, and both look at the line again', async () => {
    const { line, phone } = await someone()
    await write(phone, 'отключите подписку')
    const { id } = await conversationWith('отключите подписку')
    const { frames, entries, socket } = await open(phone)
    const desk: ServerFrame[] = []
    const screen = new WebSocket(`${house.otklik.url.replace('http', 'ws')}/realtime`, {
      headers: { ...irina.headers },
    })
    screen.on('message', (data) => void desk.push(JSON.parse(String(data))))
    await new Promise((resolve) => screen.once('open', resolve))
    screen.send(JSON.stringify({ type: 'watch', conversationId: id, laneSeqs: {} }))
    await eventually(async () => desk.some(({ type }) => type === 'entries'))
    await announceOrder(anOrder(line.id))
    await eventually(async () => entries().some((one) => one.order?.state === 'waiting'))
    await eventually(async () => frames.some((one) => one.type === 'my-line' && one.lineId === line.id))
    await eventually(async () => desk.some((one) => one.type === 'line' && one.lineId === line.id))
    await eventually(async () =>
      desk.some((one) => one.type === 'entries' && one.entries.some(({ kind }) => kind === 'order')),
    )
    screen.close()
    socket.close()
  })

  test('is read again when another line becomes the person’s, and that line’s orders come live', async () => {
    const owner = aPerson()
    const { phone } = await someone([owner])
    const { frames, entries, socket } = await open(phone)
    const { db, my: room } = house.otklik
    // Before it follows anything, there is nothing that could change.
    await write(phone, 'я тут')
    await eventually(async () => entries().length === 1)
    const next = house.edge.aLine({ people: [owner] })
    await inTransaction(db, (tx) =>
      hearOfOperator(tx, room, { kind: 'line-people-changed', lineId: next.id }),
    )
    await eventually(async () => frames.some(({ type }) => type === 'my-resync'))
    socket.send(JSON.stringify({ type: 'my-watch', laneSeqs: {} }))
    await eventually(async () => {
      await announceOrder(anOrder(next.id))
      return entries().some((one) => one.order?.lineId === next.id)
    })
    socket.close()
  })

  test('is read again when a line is the person’s no more, and nothing of it comes from then on, though nobody asks', async () => {
    const [owner, friend] = [aPerson(), aPerson('owner', 'Друг')]
    const line = house.edge.aLine({ people: [owner, { ...friend, role: 'user' }] })
    const { phone } = await someone([friend])
    const { frames, entries, socket } = await open(phone)
    await announceOrder(anOrder(line.id))
    await eventually(async () => entries().some((one) => one.order?.lineId === line.id))
    line.people = [owner]
    await inTransaction(house.otklik.db, (tx) =>
      hearOfOperator(tx, house.otklik.my, { kind: 'line-people-changed', lineId: line.id }),
    )
    await eventually(async () => frames.some(({ type }) => type === 'my-resync'))
    expect((await phone.call(my.getMySession)).lines.map(({ id }) => id)).not.toContain(line.id)
    const told = () => entries().filter((one) => one.order?.lineId === line.id).length
    const before = told()
    await announceOrder(anOrder(line.id))
    await write(phone, 'а теперь своё')
    await eventually(async () => entries().some(({ text }) => text === 'а теперь своё'))
    expect(told()).toBe(before)
    socket.close()
  })

  test('masks the number that money went to for the staff, not for the person', async () => {
    const { line, phone } = await someone()
    await write(phone, 'перевод не тому')
    const { id } = await conversationWith('перевод не тому')
    const request = { kind: 'transfer-money', toMsisdn: '79031234567', amountKopecks: 10_000 } as const
    await announceOrder(anOrder(line.id, { request }))
    const { entries } = await irina.call(conversations.readTimeline, { params: { id } })
    expect(JSON.stringify(entries)).not.toContain('79031234567')
    expect((await story(phone)).find((one) => one.order)?.order?.request).toMatchObject({
      toMsisdn: '79031234567',
    })
  })

  test('is read in pages to its beginning, whatever number of doors and lines there are', async () => {
    const owner = aPerson()
    const others = Array.from({ length: 12 }, () => house.edge.aLine({ people: [owner] }))
    const { phone } = await someone([owner])
    for (const line of others) await announceOrder(anOrder(line.id))
    for (const n of [1, 2, 3]) await write(phone, `страница ${n}`)
    const seen: string[] = []
    let before: string | null = null
    do {
      const query: Record<string, string | number> = before === null ? { limit: 4 } : { limit: 4, before }
      const page = await phone.call(my.readMyTimeline, { query })
      seen.unshift(...page.entries.map(({ laneId, seq }) => `${laneId}/${seq}`))
      before = page.next
    } while (before !== null)
    expect(seen).toHaveLength(15)
    expect(new Set(seen).size).toBe(15)
  })

  test('says that it is whole where what is older is nothing of the person’s', async () => {
    const { line, phone } = await someone()
    await inTransaction(house.otklik.db, (tx) =>
      appendEntry(tx, house.otklik.clock, {
        laneId: line.id,
        direction: 'internal',
        author: { kind: 'system', id: null },
        body: { type: 'note', text: 'для своих' },
      }),
    )
    await announceOrder(anOrder(line.id))
    const { entries, next } = await phone.call(my.readMyTimeline)
    expect(entries).toHaveLength(1)
    expect(next).toBeNull()
  })

  test('of a line that changed hands is cut at that moment on both sides', async () => {
    const [former, next] = [aPerson('owner', 'Прежний'), aPerson('owner', 'Новый')]
    const { line, phone } = await someone([former])
    await announceOrder(anOrder(line.id, { request: { kind: 'ban-content' } }))
    const { db, my: room } = house.otklik
    line.people = [next]
    await inTransaction(db, async (tx) => {
      await hearOfOperator(tx, room, { kind: 'line-ended', lineId: line.id, msisdn: line.msisdn })
      await hearOfOperator(tx, room, { kind: 'line-people-changed', lineId: line.id })
    })
    await expect(phone.call(my.getMySession)).rejects.toMatchObject({ status: 401 })
    await announceOrder(anOrder(line.id, { request: { kind: 'allow-content' } }))
    const newPhone = await house.signIn(line.msisdn)
    expect(newPhone.session.subscriberId).not.toBe(phone.session.subscriberId)
    const orders = (await story(newPhone)).flatMap((one) => (one.order ? [one.order.request.kind] : []))
    expect(orders).not.toContain('ban-content')
  })
})

describe('files', () => {
  const upload = async (phone: SubscriberCaller, words: string) => {
    const form = new FormData()
    form.append('file', new Blob([words], { type: 'text/plain' }), 'письмо.txt')
    const answer = await fetch(`${house.otklik.url}/api/v1/my/attachments`, {
      method: 'POST',
      headers: { cookie: phone.cookie, origin: house.otklik.url },
      body: form,
    })
    return my.uploadMyAttachment.response.parse(await answer.json())
  }
  const download = (phone: SubscriberCaller, id: string) =>
    fetch(`${house.otklik.url}/api/v1/my/attachments/${id}`, { headers: { cookie: phone.cookie } })

  test('go with a message and can be read by the person, and by nobody else', async () => {
    const [{ phone }, { phone: stranger }] = [await someone(), await someone()]
    const file = await upload(phone, 'секрет')
    expect((await download(stranger, file.id)).status).toBe(404)
    await write(phone, 'с файлом', [file.id])
    const [entry] = await story(phone)
    expect(entry?.attachments).toMatchObject([{ id: file.id, name: 'письмо.txt' }])
    const read = await download(phone, file.id)
    expect(await read.text()).toBe('секрет')
    // The phone is not trusted: others may use it.
    expect(read.headers.get('cache-control')).toBe('no-store')
    expect((await download(stranger, file.id)).status).toBe(404)
    expect((await download(stranger, randomUUID())).status).toBe(404)
  })
})

describe('of somebody else', () => {
  test('no line, device, file, lane or code is found', async () => {
    const [{ line, phone }, { phone: stranger }] = [await someone(), await someone()]
    const [device] = await phone.call(my.listMyDevices)
    const { challengeId } = await phone.call(my.sendFreshCode)
    const gone = { status: 404 }
    await expect(stranger.call(my.getMyHome, { query: { line: line.id } })).rejects.toMatchObject(gone)
    await expect(stranger.call(my.removeMyDevice, { params: { id: device!.id } })).rejects.toMatchObject(gone)
    const read = { laneId: phone.session.chatLaneId, seq: 1 }
    await expect(stranger.call(my.markMyTimelineRead, { body: read })).rejects.toMatchObject(gone)
    const refund = { lineId: line.id, connectedId: randomUUID() }
    await expect(stranger.call(my.askRefund, { body: refund })).rejects.toMatchObject(gone)
    const code = { challengeId, code: '000000' }
    await expect(stranger.call(my.confirmFreshCode, { body: code })).rejects.toMatchObject({
      problem: { code: 'code_expired' },
    })
    expect((await phone.call(my.getMySession)).lines).toHaveLength(1)
  })
})
