import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { contracts } from '../../contracts/index.ts'
import type { ServerFrame } from '../../contracts/realtime.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const { attachments, chat, conversations } = contracts
type Visitor = Awaited<ReturnType<typeof aVisitorCaller>>
let otklik: TestOtklik
let account: string
let anna: Caller
let owner: Visitor
let stranger: Visitor

beforeAll(async () => {
  otklik = await anOtklik()
  const door = { kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} } as const
  account = await otklik.openDoor(door)
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  owner = await aVisitorCaller(otklik.url, account)
  stranger = await aVisitorCaller(otklik.url, account)
})
afterAll(() => otklik.end())

async function upload(caller: Caller, path: string, words = 'мои слова'): Promise<string> {
  const body = new FormData()
  body.append('file', new Blob([words]), 'письмо.txt')
  const answer = await fetch(otklik.url + path, { method: 'POST', headers: caller.headers, body })
  return ((await answer.json()) as { id: string }).id
}
const download = (caller: Caller, path: string, id: string) =>
  fetch(otklik.url + path.replace(':id', id), { headers: caller.headers })
const textsOf = async (visitor: Visitor) =>
  (await visitor.call(chat.readChat, { query: { after: 0 } })).messages.map((one) => one.text)

describe('another visitor', () => {
  test('gets none of a visitor’s files, whether sent or not yet', async () => {
    const path = chat.downloadChatAttachment.path
    const unsent = await upload(owner, chat.uploadChatAttachment.path)
    const sent = await upload(owner, chat.uploadChatAttachment.path, 'отправленное')
    await owner.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Вот', attachmentIds: [sent] } })
    expect((await download(owner, path, sent)).status).toBe(200)
    for (const id of [unsent, sent]) expect((await download(stranger, path, id)).status).toBe(404)
  })

  test('cannot send a visitor’s upload as their own, and the owner still can', async () => {
    const id = await upload(owner, chat.uploadChatAttachment.path, 'только моё')
    const thief = await aVisitorCaller(otklik.url, account)
    await thief.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Чужое', attachmentIds: [id] } })
    const [stolen] = (await thief.call(chat.readChat, { query: { after: 0 } })).messages
    expect(stolen?.attachments.map(({ state }) => state)).toEqual(['failed'])
    for (const file of [id, ...(stolen?.attachments ?? []).map((one) => one.id)])
      expect((await download(thief, chat.downloadChatAttachment.path, file)).status).toBe(404)
    await owner.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Моё', attachmentIds: [id] } })
    const { messages } = await owner.call(chat.readChat, { query: { after: 0 } })
    expect(messages.find((one) => one.text === 'Моё')?.attachments[0]).toMatchObject({ id, state: 'ready' })
  })

  test('gets none of the files that agents send to a visitor', async () => {
    const text = 'Пришлите договор'
    await owner.call(chat.sendChatMessage, { body: { id: uuid(), text } })
    const { id } = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'all' } })
      return items.find((one) => one.preview === text)
    })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params: { id } })
    const file = await upload(anna, attachments.uploadAttachment.path, 'договор')
    const body = { id: uuid(), laneId, text: 'Вот он', attachmentIds: [file], undoMs: 0 }
    await anna.call(conversations.sendMessage, { params: { id }, body })
    const path = chat.downloadChatAttachment.path
    await eventually(async () => (await download(owner, path, file)).status === 200)
    expect((await download(stranger, path, file)).status).toBe(404)
  })

  test('does not meet a visitor’s messages, though the ids of both are the same', async () => {
    const id = uuid()
    await owner.call(chat.sendChatMessage, { body: { id, text: 'Первый с этим номером' } })
    await stranger.call(chat.sendChatMessage, { body: { id, text: 'Второй с этим номером' } })
    expect(await textsOf(owner)).toContain('Первый с этим номером')
    expect(await textsOf(owner)).not.toContain('Второй с этим номером')
    expect(await textsOf(stranger)).toEqual(['Второй с этим номером'])
  })

  test('hears nothing of a visitor over the live connection', async () => {
    const socket = new WebSocket(`${otklik.url.replace('http', 'ws')}/realtime`)
    const frames: ServerFrame[] = []
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', token: stranger.token, after: 0 })))
    await eventually(async () => frames.some((one) => one.type === 'chat'))
    await owner.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Тайна владельца' } })
    await stranger.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Моё собственное' } })
    await eventually(async () => JSON.stringify(frames).includes('Моё собственное'))
    expect(JSON.stringify(frames)).not.toContain('Тайна владельца')
    socket.close()
  })

  test('is told everything once, however often it says who it is', async () => {
    const socket = new WebSocket(`${otklik.url.replace('http', 'ws')}/realtime`)
    const frames: ServerFrame[] = []
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    const hello = JSON.stringify({ type: 'hello', token: stranger.token, after: 0 })
    socket.on('open', () => {
      for (let n = 0; n < 3; n++) socket.send(hello)
    })
    await eventually(async () => frames.some((one) => one.type === 'chat'))
    await stranger.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Слышно один раз' } })
    await eventually(async () => JSON.stringify(frames).includes('Слышно один раз'))
    expect(frames.filter((one) => one.type === 'ready')).toHaveLength(1)
    socket.close()
  })

  test('does not move a visitor’s read mark', async () => {
    const before = await owner.call(chat.readChat, { query: { after: 0 } })
    await stranger.call(chat.markChatRead, { body: { seq: 1 } })
    expect(await owner.call(chat.readChat, { query: { after: 0 } })).toEqual(before)
  })

  test('with a stolen token is known by the site that it was not given to', async () => {
    const elsewhere = await fetch(otklik.url + chat.readChat.path, {
      headers: { ...owner.headers, origin: 'https://elsewhere.example' },
    })
    expect(elsewhere.status).toBe(403)
  })
})

describe('another agent', () => {
  test('can neither let go nor take back what a colleague may still take back', async () => {
    const timur = await aStaffCaller(otklik.url, otklik.logins.timur)
    const text = 'Кто подумает?'
    await stranger.call(chat.sendChatMessage, { body: { id: uuid(), text } })
    const { id } = await eventually(async () => {
      const { items } = await anna.call(conversations.listConversations, { query: { view: 'unassigned' } })
      return items.find((one) => one.preview === text)
    })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params: { id } })
    const body = { id: uuid(), laneId, text: 'Подумаю ещё', undoMs: 30_000 }
    await anna.call(conversations.sendMessage, { params: { id }, body })
    const params = { id: body.id }
    await expect(timur.call(conversations.undoMessage, { params })).rejects.toThrow('not_found')
    await expect(timur.call(conversations.sendNow, { params })).rejects.toThrow('not_found')
    await anna.call(conversations.undoMessage, { params })
  })

  test('can neither see nor send what a colleague has uploaded', async () => {
    const timur = await aStaffCaller(otklik.url, otklik.logins.timur)
    const file = await upload(anna, attachments.uploadAttachment.path, 'черновик Анны')
    expect((await download(timur, attachments.downloadAttachment.path, file)).status).toBe(404)
    const text = 'Кто ответит?'
    await stranger.call(chat.sendChatMessage, { body: { id: uuid(), text } })
    const { id } = await eventually(async () => {
      const { items } = await timur.call(conversations.listConversations, { query: { view: 'unassigned' } })
      return items.find((one) => one.preview === text)
    })
    const { replyLaneId: laneId } = await timur.call(conversations.getConversation, { params: { id } })
    const body = { id: uuid(), laneId, text: 'Вот', attachmentIds: [file], undoMs: 0 }
    await expect(timur.call(conversations.sendMessage, { params: { id }, body })).rejects.toThrow('not_found')
    const read = await download(anna, attachments.downloadAttachment.path, file)
    expect(read.status).toBe(200)
    // Agents work at home: their browsers keep no passport of anybody.
    expect(read.headers.get('cache-control')).toBe('no-store')
  })
})
