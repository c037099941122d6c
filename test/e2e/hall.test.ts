import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { contracts } from '../../contracts/index.ts'
import type { ServerFrame } from '../../contracts/realtime.ts'
import { aCaller, aStaffCaller, aVisitorCaller, type Caller, type Refused } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const { chat, conversations, search, subscribers } = contracts
let otklik: TestOtklik
let account: string
let anna: Caller
let timur: Caller
let irina: Caller

beforeAll(async () => {
  otklik = await anOtklik()
  account = await otklik.openDoor({
    kind: 'web-chat',
    name: 'Сайт',
    policy: 'full',
    settings: {},
    secrets: {},
  })
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  timur = await aStaffCaller(otklik.url, otklik.logins.timur)
  irina = await aStaffCaller(otklik.url, otklik.logins.irina)
})
afterAll(() => otklik.end())

async function aConversation(text = 'Здравствуйте, не работает интернет') {
  const visitor = await aVisitorCaller(otklik.url, account)
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text } })
  const { items } = await eventually(async () => {
    const page = await anna.call(conversations.listConversations, {
      query: { view: 'unassigned', limit: 100 },
    })
    return page.items.some((one) => one.preview === text) && page
  })
  const conversation = items.find((one) => one.preview === text)!
  return { visitor, conversation, params: { id: conversation.id } }
}
const refusal = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) })

describe('a message in the site’s chat', () => {
  test('reaches the inbox, is answered, and the answer reaches the visitor', async () => {
    const { visitor, conversation, params } = await aConversation('Сколько у меня осталось?')
    expect(conversation).toMatchObject({
      state: 'open',
      channel: 'web-chat',
      assignee: null,
      previewBy: 'subscriber',
    })
    expect(conversation.waitingSince).not.toBeNull()
    await anna.call(conversations.claimConversation, { params })
    const { replyLaneId } = await anna.call(conversations.getConversation, { params })
    const sent = await anna.call(conversations.sendMessage, {
      params,
      body: { id: uuid(), laneId: replyLaneId, text: 'Осталось 5 ГБ', undoMs: 0 },
    })
    expect(sent.delivery?.state).toBe('sent')
    const page = await visitor.call(chat.readChat, { query: { after: 0 } })
    expect(page.messages.map(({ from, text }) => ({ from, text }))).toEqual([
      { from: 'visitor', text: 'Сколько у меня осталось?' },
      { from: 'agent', text: 'Осталось 5 ГБ' },
    ])
    const after = await anna.call(conversations.getConversation, { params })
    expect(after.waitingSince).toBeNull()
  })

  test('is stored once however often it is repeated, in parallel too', async () => {
    const visitor = await aVisitorCaller(otklik.url, account)
    const body = { id: uuid(), text: 'один раз' }
    await Promise.all([1, 2, 3, 4].map(() => visitor.call(chat.sendChatMessage, { body })))
    await visitor.call(chat.sendChatMessage, { body })
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    expect(messages.map((one) => one.text)).toEqual(['один раз'])
    expect(messages[0]?.id).toBe(body.id)
  })

  test('holds what PostgreSQL cannot hold as the sign for it', async () => {
    const visitor = await aVisitorCaller(otklik.url, account)
    await expect(
      visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'a\u0000b' } }),
    ).rejects.toEqual(refusal('invalid_request'))
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'a\ud800b' } })
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    expect(messages.map((one) => one.text)).toEqual(['a\ufffdb'])
  })

  test('is not readable by another visitor', async () => {
    const { visitor } = await aConversation('только моё')
    const other = await aVisitorCaller(otklik.url, account)
    expect((await other.call(chat.readChat, { query: { after: 0 } })).messages).toEqual([])
    expect((await visitor.call(chat.readChat, { query: { after: 0 } })).messages).toHaveLength(1)
    await expect(aCaller(otklik.url).call(chat.readChat)).rejects.toEqual(refusal('unauthenticated'))
  })
})

describe('two agents', () => {
  test('cannot both claim; the second is told who was first', async () => {
    const { params } = await aConversation('кто первый')
    const results = await Promise.allSettled([
      anna.call(conversations.claimConversation, { params }),
      timur.call(conversations.claimConversation, { params }),
    ])
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
    const loss = results.find((one) => one.status === 'rejected')
    expect(loss?.reason).toEqual(refusal('already_claimed'))
    expect((loss?.reason as Refused | undefined)?.problem.facts).toMatchObject({
      assignee: { name: expect.any(String) },
    })
  })

  test('the other may not open it without breaking the glass', async () => {
    const { params } = await aConversation('чужой разговор')
    await anna.call(conversations.claimConversation, { params })
    await expect(timur.call(conversations.getConversation, { params })).rejects.toEqual(
      refusal('need_to_know'),
    )
    await expect(timur.call(conversations.readTimeline, { params })).rejects.toEqual(refusal('need_to_know'))
    await timur.call(conversations.breakGlass, { params, body: { reason: 'Анна заболела, абонент ждёт' } })
    expect((await timur.call(conversations.getConversation, { params })).id).toBe(params.id)
    expect((await irina.call(conversations.getConversation, { params })).id).toBe(params.id)
  })

  test('hand over; an older view of it is refused', async () => {
    const { params, conversation } = await aConversation('передам коллеге')
    await anna.call(conversations.claimConversation, { params })
    const agentId = otklik.logins.timur.id
    await expect(
      anna.call(conversations.assignConversation, {
        params,
        body: { agentId, version: conversation.version - 1 },
      }),
    ).rejects.toEqual(refusal('conflict'))
    const { version } = await anna.call(conversations.getConversation, { params })
    const after = await anna.call(conversations.assignConversation, { params, body: { agentId, version } })
    expect(after.assignee?.id).toBe(agentId)
  })
})

describe('an answer', () => {
  test('can be taken back before it leaves, and leaves once however often it is sent', async () => {
    const { visitor, params } = await aConversation('передумаю')
    await anna.call(conversations.claimConversation, { params })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
    const id = uuid()
    const held = await anna.call(conversations.sendMessage, {
      params,
      body: { id, laneId, text: 'ой', undoMs: 20_000 },
    })
    expect(held.held?.text).toBe('ой')
    const back = await anna.call(conversations.undoMessage, { params: { id } })
    expect(back.text).toBe('ой')
    await expect(anna.call(conversations.undoMessage, { params: { id } })).rejects.toEqual(
      refusal('not_undoable'),
    )
    const second = { id: uuid(), laneId, text: 'вот так', undoMs: 0 }
    await Promise.all([1, 2, 3].map(() => anna.call(conversations.sendMessage, { params, body: second })))
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    expect(messages.map((one) => one.text)).toEqual(['передумаю', 'вот так'])
  })

  test('leaves by itself when the undo time is over', async () => {
    const { visitor, params } = await aConversation('подожду')
    await anna.call(conversations.claimConversation, { params })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
    await anna.call(conversations.sendMessage, {
      params,
      body: { id: uuid(), laneId, text: 'сейчас', undoMs: 300 },
    })
    await eventually(
      async () => (await visitor.call(chat.readChat, { query: { after: 1 } })).messages.length === 1,
    )
  })

  test('too long for the channel is refused before it is stored', async () => {
    const { params } = await aConversation('длинно')
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
    await expect(
      anna.call(conversations.sendMessage, {
        params,
        body: { id: uuid(), laneId, text: 'ы'.repeat(8001), undoMs: 0 },
      }),
    ).rejects.toEqual(refusal('text_too_long'))
  })
})

describe('a conversation', () => {
  test('that was resolved is reopened by a message soon after, and counted as a re-contact', async () => {
    const { visitor, params } = await aConversation('решите вопрос')
    await anna.call(conversations.claimConversation, { params })
    const resolved = await anna.call(conversations.resolveConversation, {
      params,
      body: { topicId: null, outcome: 'solved' },
    })
    expect(resolved).toMatchObject({ state: 'resolved', waitingSince: null })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
    await expect(
      anna.call(conversations.sendMessage, {
        params,
        body: { id: uuid(), laneId, text: 'поздно', undoMs: 0 },
      }),
    ).rejects.toEqual(refusal('conversation_resolved'))
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'опять не работает' } })
    const again = await eventually(async () => {
      const one = await anna.call(conversations.getConversation, { params })
      return one.state === 'open' && one
    })
    expect(again).toMatchObject({ reopened: 1, preview: 'опять не работает' })
    expect(again.segments).toHaveLength(2)
  })

  test('can be split and joined again; entries stay where they are', async () => {
    const { visitor, params } = await aConversation('первый вопрос')
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'и второй вопрос' } })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
    const split = await anna.call(conversations.splitConversation, { params, body: { laneId, fromSeq: 2 } })
    expect(split.id).not.toBe(params.id)
    const entries = (await anna.call(conversations.readTimeline, { params })).entries.filter(
      (one) => one.kind === 'message',
    )
    expect(entries.map((one) => one.conversationId)).toEqual([params.id, split.id])
    const draft = { text: 'недописано', laneId: null, attachmentIds: [], note: false, version: 0 }
    await anna.call(conversations.saveDraft, { params: { id: split.id }, body: draft })
    const joined = await anna.call(conversations.joinConversations, {
      params: { id: split.id },
      body: { intoId: params.id },
    })
    expect(joined.id).toBe(params.id)
    const { draft: moved } = await anna.call(conversations.getConversation, { params })
    expect(moved?.text).toBe(draft.text)
    const rejoined = (await anna.call(conversations.readTimeline, { params })).entries.filter(
      (one) => one.kind === 'message',
    )
    expect(rejoined.map((one) => one.conversationId)).toEqual([params.id, params.id])
  })

  test('is muted with all that the person still writes, and back again', async () => {
    const { visitor, params } = await aConversation('купите гараж')
    expect((await anna.call(conversations.muteConversation, { params, body: { as: 'spam' } })).state).toBe(
      'muted',
    )
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'купите два' } })
    await otklik.drain()
    expect((await anna.call(conversations.getConversation, { params })).state).toBe('muted')
    expect((await anna.call(conversations.muteConversation, { params, body: { as: null } })).state).toBe(
      'open',
    )
  })

  test('put aside wakes when the person writes', async () => {
    const { visitor, params } = await aConversation('вернусь завтра')
    await anna.call(conversations.claimConversation, { params })
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params })
    await anna.call(conversations.sendMessage, {
      params,
      body: { id: uuid(), laneId, text: 'хорошо', undoMs: 0 },
    })
    const until = new Date(Date.now() + 86_400_000).toISOString()
    expect((await anna.call(conversations.snoozeConversation, { params, body: { until } })).state).toBe(
      'snoozed',
    )
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'я вернулся' } })
    const awake = await eventually(async () => {
      const one = await anna.call(conversations.getConversation, { params })
      return one.state === 'open' && one
    })
    expect(awake.waitingSince).not.toBeNull()
  })

  test('keeps a draft on every device, the newer one wins', async () => {
    const { params } = await aConversation('черновик')
    const draft = { laneId: null, attachmentIds: [], note: false }
    const first = await anna.call(conversations.saveDraft, {
      params,
      body: { ...draft, text: 'нача', version: 0 },
    })
    await anna.call(conversations.saveDraft, {
      params,
      body: { ...draft, text: 'начало', version: first.version },
    })
    await expect(
      anna.call(conversations.saveDraft, {
        params,
        body: { ...draft, text: 'старое', version: first.version },
      }),
    ).rejects.toEqual(refusal('conflict'))
    expect((await anna.call(conversations.getConversation, { params })).draft?.text).toBe('начало')
  })

  test('gives the files of a draft back to the one who uploaded them', async () => {
    const { params } = await aConversation('черновик с файлом')
    const form = new FormData()
    form.append('file', new Blob(['просто текст'], { type: 'text/plain' }), 'памятка.txt')
    const answer = await fetch(`${otklik.url}/api/v1/attachments`, {
      method: 'POST',
      headers: anna.headers,
      body: form,
    })
    const file = contracts.attachments.uploadAttachment.response.parse(await answer.json())
    const body = { text: '', laneId: null, attachmentIds: [file.id], note: false, version: 0 }
    expect((await anna.call(conversations.saveDraft, { params, body })).attachments).toEqual([file])
    expect((await anna.call(conversations.getConversation, { params })).draft?.attachments).toEqual([file])
    expect((await timur.call(conversations.saveDraft, { params, body })).attachments).toEqual([])
  })
})

describe('the timeline', () => {
  test('is paged backwards without gaps or repeats while messages come in', async () => {
    const { visitor, params } = await aConversation('страница 0')
    for (let n = 1; n <= 24; n++)
      await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: `страница ${n}` } })
    const seen: number[] = []
    let before: string | undefined
    do {
      const page = await anna.call(conversations.readTimeline, {
        params,
        query: { limit: 7, ...(before && { before }) },
      })
      seen.unshift(...page.entries.map((one) => one.seq))
      before = page.before ?? undefined
      await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'ещё одно' } })
    } while (before)
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => n + 1))
  })

  test('is found by words in any form, only by who may see it', async () => {
    const { params } = await aConversation('Отключите платную подписку на гороскопы')
    await anna.call(conversations.claimConversation, { params })
    await otklik.drain()
    const found = await anna.call(search.searchEntries, { query: { q: 'подписки гороскоп' } })
    expect(found.items.map((one) => one.conversationId)).toContain(params.id)
    expect(found.items[0]?.excerpt.some((piece) => piece.hit)).toBe(true)
    expect((await timur.call(search.searchEntries, { query: { q: 'гороскопы' } })).items).toEqual([])
    expect((await irina.call(search.searchEntries, { query: { q: 'гороскопы' } })).items).toHaveLength(1)
  })

  test('shows the person’s card with what is masked', async () => {
    const { params } = await aConversation('кто я')
    const { replyLaneId } = await anna.call(conversations.getConversation, { params })
    const card = await anna.call(subscribers.getCardOfContactPoint, { params: { id: replyLaneId! } })
    expect(card.contactPoints).toHaveLength(1)
  })
})

describe('an open desk', () => {
  test('is told of new entries, deliveries and the inbox, and resumes by seq', async () => {
    const { visitor, params } = await aConversation('живой эфир')
    const { replyLaneId } = await anna.call(conversations.getConversation, { params })
    const socket = new WebSocket(`${otklik.url.replace('http', 'ws')}/realtime`, {
      headers: { ...anna.headers },
    })
    const frames: ServerFrame[] = []
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(JSON.stringify({ type: 'inbox', on: true }))
    socket.send(JSON.stringify({ type: 'watch', conversationId: params.id, laneSeqs: { [replyLaneId!]: 0 } }))
    const entries = () => frames.flatMap((one) => (one.type === 'entries' ? one.entries : []))
    await eventually(async () => entries().some((one) => one.seq === 1))
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'вторая реплика' } })
    await eventually(async () =>
      entries().some((one) => one.body?.type === 'message' && one.body.text === 'вторая реплика'),
    )
    await eventually(async () => frames.some((one) => one.type === 'inbox'))
    expect(entries().map((one) => one.seq)).toEqual([1, 2])
    socket.close()
  })

  test('is refused to a page of another site', async () => {
    const socket = new WebSocket(`${otklik.url.replace('http', 'ws')}/realtime`, {
      headers: { cookie: anna.headers.cookie!, origin: 'https://evil.example' },
    })
    const status = await new Promise((resolve) => {
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      socket.once('open', () => resolve('open'))
      socket.once('error', () => undefined)
    })
    expect(status).toBe(403)
  })
})
