import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aMaxDoor, type MaxDoor } from '../../../../test/factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { one, rows, sql } from '../../../platform/database/index.ts'
import { MAX_FILE_BYTES } from './attach-files.ts'
import { dropUnusedUploads } from './upload.ts'

const { chat, conversations } = contracts
let media: Server
let mediaUrl: string
let otklik: TestOtklik
let max: MaxDoor
let site: string
let anna: Caller

beforeAll(async () => {
  media = createServer((request, response) => {
    if (request.url === '/endless') response.setHeader('content-length', MAX_FILE_BYTES + 1)
    response.write('file')
    if (request.url !== '/endless') response.end()
  })
  await new Promise<void>((resolve) => media.listen(0, '127.0.0.1', resolve))
  mediaUrl = `http://127.0.0.1:${(media.address() as AddressInfo).port}`
  otklik = await anOtklik({ env: { COUNTRY: 'KZ' }, trustedOrigins: [mediaUrl] })
  max = await aMaxDoor(otklik)
  site = await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
})
afterAll(async () => {
  await otklik.end()
  media.closeAllConnections()
  media.close()
})

const file = (url: string, filename = 'счёт.pdf') => ({
  type: 'file',
  filename,
  size: 3,
  payload: { url, token: 't' },
})
async function talkWith(preview: string) {
  const { id } = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((item) => item.preview === preview)
  })
  const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id } })
  return { params: { id }, laneId: replyLaneId! }
}
async function upload(path: string, headers: Caller['headers'], name: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob(['просто текст']), name)
  const answer = await fetch(otklik.url + path, { method: 'POST', headers, body: form })
  return ((await answer.json()) as { id: string }).id
}
/** The files of the person's first message, as the desk shows them. */
async function filesIn(params: { id: string }) {
  const { entries } = await anna.call(conversations.readTimeline, { params })
  return entries[0]?.attachments ?? []
}

test('what is on its way stays with its message, however long ago it was uploaded', async () => {
  const visitor = await aVisitorCaller(otklik.url, site)
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Пришлите договор' } })
  const { params, laneId } = await talkWith('Пришлите договор')
  const [sent, left] = await Promise.all(
    ['договор.txt', 'черновик.txt'].map((name) =>
      upload(contracts.attachments.uploadAttachment.path, anna.headers, name),
    ),
  )
  await rows(
    otklik.db,
    sql`update timeline.attachment set created_at = created_at - interval '2 days' where id in (${sent}, ${left})`,
  )
  const body = { id: uuid(), laneId, text: 'Вот', attachmentIds: [sent!], undoMs: 30_000 }
  await anna.call(conversations.sendMessage, { params, body })
  await dropUnusedUploads(otklik.timeline.context)
  const kept = await rows(
    otklik.db,
    sql<{ id: string }>`select id from timeline.attachment where id in (${sent}, ${left})`,
  )
  expect(kept).toEqual([{ id: sent }])
})

test('files that came without a word are called so where the last words stand', async () => {
  const visitor = await aVisitorCaller(otklik.url, site)
  const own = await upload(chat.uploadChatAttachment.path, visitor.headers, 'договор.txt')
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: '', attachmentIds: [own] } })
  const shown = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find(({ previewOf }) => previewOf !== null)
  })
  expect(shown).toMatchObject({ preview: '', previewOf: 'files', previewBy: 'subscriber' })
})

describe('files that cannot be kept', () => {
  test('beyond the thirtieth stand in the message by their names', async () => {
    const files = Array.from({ length: 40 }, (_, index) => file(`${mediaUrl}/file`, `${index + 1}.txt`))
    await max.post(max.message(1, 'сорок файлов', undefined, files).update)
    const { params } = await talkWith('сорок файлов')
    const shown = await eventually(async () => {
      const found = await filesIn(params)
      return found.every((one) => one.state !== 'pending') && found
    })
    expect(shown.map((one) => one.name)).toEqual(files.map((one) => one.filename))
    expect(shown.map((one) => one.state)).toEqual([
      ...Array<string>(30).fill('ready'),
      ...Array<string>(10).fill('failed'),
    ])
    expect(shown.at(-1)?.reason).toBe('too_many_attachments')
  })

  test('beyond the hundredth are told by their number', async () => {
    const files = Array.from({ length: 250 }, (_, index) => file('http://127.0.0.1:1/x', `${index + 1}.txt`))
    await max.post(max.message(2, 'ещё больше', undefined, files).update)
    const { params } = await talkWith('ещё больше')
    const shown = await filesIn(params)
    expect(shown).toHaveLength(101)
    expect(shown.at(-1)).toMatchObject({ name: '+150', state: 'failed', reason: 'too_many_attachments' })
  })

  test('because their upload is gone, or another’s, are missed in the message', async () => {
    const [visitor, other] = [await aVisitorCaller(otklik.url, site), await aVisitorCaller(otklik.url, site)]
    const theirs = await upload(chat.uploadChatAttachment.path, other.headers, 'чужое.txt')
    const own = await upload(chat.uploadChatAttachment.path, visitor.headers, 'своё.txt')
    const body = { id: uuid(), text: 'вот файлы', attachmentIds: [uuid(), own, theirs] }
    await visitor.call(chat.sendChatMessage, { body })
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    const states = messages[0]?.attachments.map(({ name, state, reason }) => ({ name, state, reason }))
    expect(states).toHaveLength(3)
    expect(states).toContainEqual({ name: 'своё.txt', state: 'ready' })
    expect(states?.filter((one) => one.state === 'failed')).toEqual(
      Array(2).fill({ name: 'file', state: 'failed', reason: 'not_found' }),
    )
  })

  test.each([
    ['too large', '/endless', 'attachment_too_large'],
    ['at an address inside', 'http://10.0.0.1/x', 'private_address'],
  ])('because they are %s are not asked for again', async (what, url, reason) => {
    const address = url.startsWith('/') ? mediaUrl + url : url
    await max.post(max.message(url.length, what, undefined, [file(address)]).update)
    const { params } = await talkWith(what)
    const [shown] = await eventually(async () => {
      const found = await filesIn(params)
      return found[0]?.state === 'failed' && found
    })
    expect(shown).toMatchObject({ state: 'failed', reason })
    const waiting = await rows(
      otklik.db,
      sql`select id from graphile_worker.jobs where key = ${`fetch:${shown?.id}`}`,
    )
    expect(waiting).toEqual([])
  })
})

describe('an upload', () => {
  test('goes with one message only, and with another once that one is taken back', async () => {
    await max.post(max.message(50, 'пришлите договор').update)
    const { params, laneId } = await talkWith('пришлите договор')
    const attachmentIds = [await upload('/api/v1/attachments', anna.headers, 'договор.txt')]
    const send = (id: string) =>
      anna.call(conversations.sendMessage, {
        params,
        body: { id, laneId, text: '', attachmentIds, undoMs: 10_000 },
      })
    const [first, second] = [uuid(), uuid()]
    await send(first)
    await send(first)
    await expect(send(second)).rejects.toMatchObject({ problem: { code: 'not_found' } })
    await anna.call(conversations.undoMessage, { params: { id: first } })
    await send(second)
    await anna.call(conversations.sendNow, { params: { id: second } })
    const { seq } = await one(
      otklik.db,
      sql<{
        seq: number
      }>`select a.seq from timeline.attachment a join timeline.outbound o on o.seq = a.seq and o.lane_id = a.lane_id
        where a.id = ${attachmentIds[0]} and o.id = ${second}`,
    )
    expect(seq).toBe(2)
  })
})
