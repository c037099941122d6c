import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { aMaxDoor, type MaxDoor } from '../../../../test/factories/max-door.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { rows, sql } from '../../../platform/database/index.ts'

const { chat, conversations } = contracts
// What PostgreSQL holds neither as text nor in JSON, and how it is kept.
const ODD = 'а\u0000б\ud800в'
const KEPT = 'а\ufffdб\ufffdв'

let otklik: TestOtklik
let max: MaxDoor
let site: string
let anna: Caller

beforeAll(async () => {
  otklik = await anOtklik({ env: { COUNTRY: 'KZ' } })
  max = await aMaxDoor(otklik)
  site = await otklik.openDoor({ kind: 'web-chat', name: 'Сайт', policy: 'full', settings: {}, secrets: {} })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
})
afterAll(() => otklik.end())

async function conversationWith(preview: string) {
  const { id } = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((item) => item.preview === preview)
  })
  const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id } })
  return { params: { id }, laneId: replyLaneId! }
}
const image = [{ type: 'image', payload: { url: 'http://127.0.0.1:1/x', token: 't' } }]
const file = (filename: string) => [
  { type: 'file', filename, size: 3, payload: { url: 'http://127.0.0.1:1/x', token: 't' } },
]

describe('what PostgreSQL cannot hold', () => {
  test('is kept as the sign for it in words, captions, edits and names of files', async () => {
    const { update, mid } = max.message(1, ODD)
    const all = [
      update,
      max.message(1, ODD, undefined, image).update,
      max.message(1, '', undefined, file(ODD)).update,
      max.edit(1, mid, ODD),
    ]
    for (const one of all) expect(await max.post(one)).toBe(200)
    expect((await max.entriesOf(1)).map(({ kind, body }) => [kind, body?.text])).toEqual([
      ['message', KEPT],
      ['message', KEPT],
      ['message', ''],
      ['edit', KEPT],
    ])
    const names = await rows(
      otklik.db,
      sql<{
        name: string
      }>`select name from timeline.attachment where lane_id = ${await max.laneOf(1)} order by seq`,
    )
    expect(names.map((one) => one.name)).toEqual(['photo.jpg', KEPT])
  })

  test('is kept as the sign for it in what agents write', async () => {
    await max.post(max.message(2, 'пишите как хотите').update)
    const { params, laneId } = await conversationWith('пишите как хотите')
    const half = 'ответ\ud800'
    await anna.call(conversations.addNote, { params, body: { id: uuid(), text: half } })
    await anna.call(conversations.sendMessage, {
      params,
      body: { id: uuid(), laneId, text: half, undoMs: 0 },
    })
    expect((await max.entriesOf(2)).slice(1).map(({ kind, body }) => [kind, body?.text])).toEqual([
      ['note', 'ответ\ufffd'],
      ['message', 'ответ\ufffd'],
    ])
  })

  test('is kept as the sign for it in words with a file from the site', async () => {
    const visitor = await aVisitorCaller(otklik.url, site)
    const form = new FormData()
    form.append('file', new Blob(['просто текст']), 'памятка.txt')
    const answer = await fetch(`${otklik.url}${chat.uploadChatAttachment.path}`, {
      method: 'POST',
      headers: visitor.headers,
      body: form,
    })
    const { id } = chat.uploadChatAttachment.response.parse(await answer.json())
    const body = { id: uuid(), text: 'важно\ud800', attachmentIds: [id] }
    expect((await visitor.call(chat.sendChatMessage, { body })).seq).toBe(1)
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    expect(messages).toMatchObject([{ text: 'важно\ufffd', attachments: [{ name: 'памятка.txt' }] }])
  })
})

test('a row of the inbox shows a message in its newest words', async () => {
  const { update, mid } = max.message(8_001, 'Привет, не работает тлефон')
  await max.post(update)
  const { params } = await conversationWith('Привет, не работает тлефон')
  await max.post(max.edit(8_001, mid, 'Не работает телефон'))
  await max.post(max.edit(8_001, mid, 'Не работает телефон, с утра'))
  expect((await conversationWith('Не работает телефон, с утра')).params).toEqual(params)
})
