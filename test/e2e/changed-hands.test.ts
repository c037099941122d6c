import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import type { Caller } from '../factories/caller.ts'
import { aHall, type Begun, type Hall, refusal } from '../factories/hall.ts'

const { attachments, chat, conversations, search, subscribers } = contracts

/*
 * A door that was one person's and is another's now, as numbers are: the former one had another door as well and was served by Anna
 * a moment ago, the new one is served by Timur.
 */
let hall: Hall
let former: Begun
let elsewhere: Begun
let newcomer: Begun
let formerFile: string
let newFile: string

beforeAll(async () => {
  hall = await aHall()
  former = await hall.begin('Прежний хозяин пишет про Барнаул')
  elsewhere = await hall.begin('Прежний хозяин с другой двери про Бийск')
  await hall.link(former, elsewhere)
  await callBy('Прежний Хозяин', former)
  formerFile = await sendFile(former, 'от прежнего')
  await hall.anna.call(conversations.claimConversation, { params: former.params })
  await hall.irina.call(conversations.claimConversation, { params: elsewhere.params })
  await hall.resolve(former, hall.anna)
  await hall.later(1)
  await hall.changeHands(former)
  await hall.later(1)
  await hall.say(former, 'Новый хозяин пишет про Воронеж')
  const { items } = await hall.irina.call(conversations.listConversations, {
    query: { view: 'all', limit: 100 },
  })
  const { id } = items.find((one) => one.preview.includes('Воронеж'))!
  newcomer = { ...former, id, params: { id } }
  newFile = await sendFile(newcomer, 'от нового')
  await hall.timur.call(conversations.claimConversation, { params: newcomer.params })
})
afterAll(() => hall.otklik.end())

async function callBy(name: string, { laneId }: Begun): Promise<void> {
  const card = await hall.irina.call(subscribers.getCardOfContactPoint, { params: { id: laneId } })
  await hall.irina.call(subscribers.changeSubscriber, { params: { id: card.id! }, body: { name } })
}

async function sendFile({ visitor }: Begun, text: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([text], { type: 'text/plain' }), 'файл.txt')
  const answer = await fetch(hall.otklik.url + chat.uploadChatAttachment.path, {
    method: 'POST',
    headers: visitor.headers,
    body: form,
  })
  const { id } = attachments.uploadAttachment.response.parse(await answer.json())
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text, attachmentIds: [id] } })
  await hall.otklik.drain()
  return id
}

async function textsOf(reader: Caller, { params }: Begun): Promise<string[]> {
  const { entries } = await reader.call(conversations.readTimeline, { params })
  return entries.flatMap(({ body }) => (body?.type === 'message' ? [body.text] : []))
}
const download = (reader: Caller, id: string) =>
  reader.call(attachments.downloadAttachment, { params: { id } })
const find = async (reader: Caller, q: string) =>
  (await reader.call(search.searchEntries, { query: { q } })).items.map(({ name, excerpt }) => ({
    name,
    text: excerpt.map((piece) => piece.text).join(''),
  }))

describe('a door that changed hands', () => {
  test('begins a matter of its new person, and does not reopen the former one’s', async () => {
    expect(newcomer.id).not.toBe(former.id)
    expect(await hall.anna.call(conversations.getConversation, { params: former.params })).toMatchObject({
      state: 'resolved',
      reopened: 0,
    })
  })

  test('shows each of the two their own time of it', async () => {
    const ofFormer = [
      'Прежний хозяин пишет про Барнаул',
      'Прежний хозяин с другой двери про Бийск',
      'от прежнего',
    ]
    expect((await textsOf(hall.anna, former)).sort()).toEqual([...ofFormer].sort())
    expect(await textsOf(hall.timur, newcomer)).toEqual(['Новый хозяин пишет про Воронеж', 'от нового'])
  })

  test('is called by who had it: in the conversation, in lists and among hits', async () => {
    const name = 'Прежний Хозяин'
    const open = await hall.anna.call(conversations.getConversation, { params: former.params })
    expect(open.person.name).toBe(name)
    const { items } = await hall.irina.call(conversations.listConversations, {
      query: { view: 'all', state: 'resolved', limit: 100 },
    })
    expect(items.find((one) => one.id === former.id)?.person.name).toBe(name)
    const now = await hall.timur.call(conversations.getConversation, { params: newcomer.params })
    expect(now.person).toMatchObject({ known: false, subscriberId: null })
    expect((await find(hall.irina, 'Барнаул'))[0]?.name).toBe(name)
    expect((await find(hall.irina, 'Воронеж'))[0]?.name).not.toBe(name)
  })

  test('lists no conversation of the other among somebody’s others', async () => {
    const others = async (reader: Caller, { params }: Begun) =>
      (await reader.call(conversations.listPersonConversations, { params })).map((one) => one.id)
    expect(await others(hall.timur, newcomer)).toEqual([])
    expect(await others(hall.anna, former)).toEqual([elsewhere.id])
  })

  test('gives files to who may know the person that sent them, not to who may know the other', async () => {
    await expect(download(hall.timur, formerFile)).rejects.toEqual(refusal('need_to_know'))
    await expect(download(hall.anna, newFile)).rejects.toEqual(refusal('need_to_know'))
    expect(await download(hall.anna, formerFile)).toBe('от прежнего')
    expect(await download(hall.timur, newFile)).toBe('от нового')
    expect(await download(hall.irina, formerFile)).toBe('от прежнего')
  })

  test('lets words be found by who may know the person that wrote them, not by who may know the other', async () => {
    await hall.otklik.drain()
    expect(await find(hall.timur, 'Барнаул')).toEqual([])
    expect(await find(hall.anna, 'Воронеж')).toEqual([])
    expect(await find(hall.anna, 'Барнаул')).toHaveLength(1)
    expect(await find(hall.timur, 'Воронеж')).toHaveLength(1)
    expect(await find(hall.irina, 'пишет')).toHaveLength(2)
  })

  test('takes no matter of the other: neither by joining nor by what they write elsewhere', async () => {
    await expect(
      hall.irina.call(conversations.joinConversations, {
        params: elsewhere.params,
        body: { intoId: newcomer.id },
      }),
    ).rejects.toEqual(refusal('conflict'))
    await hall.resolve(elsewhere, hall.irina)
    hall.clock.advance(80 * 3_600_000)
    await hall.later(0)
    await hall.say(elsewhere, 'Прежний хозяин снова с другой двери')
    expect(await textsOf(hall.irina, newcomer)).not.toContain('Прежний хозяин снова с другой двери')
    const { segments } = await hall.irina.call(conversations.getConversation, { params: newcomer.params })
    expect(segments.map((one) => one.laneId)).toEqual([newcomer.laneId])
  })
})
