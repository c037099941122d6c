import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { rows, sql } from '../../server/platform/database/index.ts'
import { newId } from '../../server/platform/identifiers.ts'
import { aCaller, aStaffCaller, type Caller } from '../factories/caller.ts'
import { aHall, type Begun, type Hall, type Visitor } from '../factories/hall.ts'

const { attachments, chat, conversations, integrations, macros, privacy, subscribers } = contracts
const TEN_MINUTES = 1 / 6
let hall: Hall
beforeAll(async () => {
  hall = await aHall()
})
beforeEach(() => hall.later(1))
afterAll(() => hall.otklik.end())

/** What the audit has of somebody since a moment ago, the oldest first. */
async function accessesOf(agentId: string, since: Date) {
  const { items } = await hall.irina.call(privacy.listAccesses, {
    query: { agentId, from: since.toISOString(), limit: 100 },
  })
  return items
    .reverse()
    .map(({ act, conversationId, contactPointId }) => ({ act, conversationId, contactPointId }))
}
const openOf = (begun: Begun) => ({ act: 'open', conversationId: begun.id, contactPointId: begun.laneId })

/** Runs acts of Timur's and gives what the audit has of them. */
async function recorded(acts: (timur: Caller) => Promise<unknown>) {
  hall.clock.advance(1000)
  const since = hall.clock.now()
  await acts(hall.timur)
  return accessesOf(hall.otklik.logins.timur.id, since)
}

describe('every look at a person is in the audit', () => {
  test.each([
    ['the conversation', conversations.getConversation],
    ['the timeline', conversations.readTimeline],
    ['the person’s other conversations', conversations.listPersonConversations],
  ])('of who reads %s', async (_, operation) => {
    const begun = await hall.begin(`кто читал ${_}`)
    expect(await recorded((timur) => timur.call(operation, { params: begun.params }))).toEqual([
      openOf(begun),
    ])
  })

  test('once in ten minutes, however many screens ask at once', async () => {
    const begun = await hall.begin('разом')
    const openAll = (timur: Caller) =>
      Promise.all(
        [1, 2, 3].flatMap(() => [
          timur.call(conversations.getConversation, { params: begun.params }),
          timur.call(conversations.readTimeline, { params: begun.params }),
          timur.call(conversations.listPersonConversations, { params: begun.params }),
        ]),
      )
    expect(await recorded(openAll)).toEqual([openOf(begun)])
    hall.clock.advance(TEN_MINUTES * 3_600_000)
    expect(await recorded(openAll)).toEqual([openOf(begun)])
  })

  test('of who reads the card, unless they have just opened the conversation', async () => {
    const begun = await hall.begin('карточка')
    const card = { params: { id: begun.laneId } }
    const ofCard = { act: 'open', conversationId: null, contactPointId: begun.laneId }
    expect(
      await recorded(async (timur) => {
        await timur.call(subscribers.getCardOfContactPoint, card)
        await timur.call(subscribers.getCardOfContactPoint, card)
      }),
    ).toEqual([ofCard])
    hall.clock.advance(TEN_MINUTES * 3_600_000)
    expect(
      await recorded(async (timur) => {
        await timur.call(conversations.getConversation, { params: begun.params })
        await timur.call(subscribers.getCardOfContactPoint, card)
      }),
    ).toEqual([openOf(begun)])
  })

  test('of who fetches the person’s files, once in ten minutes; one’s own uploads are nobody’s', async () => {
    const begun = await hall.begin('с файлами')
    const ids = [await visitorSends(begun.visitor, 'раз'), await visitorSends(begun.visitor, 'два')]
    expect(
      await recorded(async (timur) => {
        for (const id of [...ids, ...ids])
          await timur.call(attachments.downloadAttachment, { params: { id } })
      }),
    ).toEqual([{ act: 'download', conversationId: null, contactPointId: begun.laneId }])
    expect(
      await recorded(async (timur) => {
        const id = await upload(timur, '/api/v1/attachments', 'своё')
        await timur.call(attachments.downloadAttachment, { params: { id } })
      }),
    ).toEqual([])
  })

  test('of other systems as well', async () => {
    const begun = await hall.begin('для системы')
    const admin = await aStaffCaller(hall.otklik.url, hall.otklik.logins.admin)
    const made = await admin.call(integrations.createServiceToken, {
      body: { name: 'CRM', scopes: ['read'], days: 1 },
    })
    const system = aCaller(hall.otklik.url, { authorization: `Bearer ${made.token}` })
    hall.clock.advance(1000)
    const since = hall.clock.now()
    await system.call(conversations.readTimeline, { params: begun.params })
    const { items } = await hall.irina.call(privacy.listAccesses, {
      query: { contactPointId: begun.laneId, from: since.toISOString(), limit: 10 },
    })
    expect(items.map(({ act, agentName }) => ({ act, agentName }))).toEqual([
      { act: 'open', agentName: 'CRM' },
    ])
  })

  test('not of who was refused', async () => {
    const begun = await hall.begin('чужое')
    await hall.anna.call(conversations.claimConversation, { params: begun.params })
    expect(
      await recorded(async (timur) => {
        await timur.call(conversations.readTimeline, { params: begun.params }).catch(() => undefined)
        await timur
          .call(subscribers.getCardOfContactPoint, { params: { id: begun.laneId } })
          .catch(() => undefined)
      }),
    ).toEqual([])
  })
})

describe('every change is in the audit', () => {
  const changesOf = async (subject: string) => {
    const admin = await aStaffCaller(hall.otklik.url, hall.otklik.logins.admin)
    const { items } = await admin.call(privacy.listChanges, { query: { limit: 20 } })
    return items.filter((change) => change.subject === subject)
  }

  test('of macros: made, changed, removed, with what was and what is', async () => {
    const body = { title: 'Привет', text: 'Здравствуйте!', shared: true }
    const { id } = await hall.irina.call(macros.createMacro, { body })
    await hall.irina.call(macros.changeMacro, { params: { id }, body: { title: 'Добрый день' } })
    await hall.irina.call(macros.deleteMacro, { params: { id } })
    const [removed, changed, created] = await changesOf(`macro:${id}`)
    expect(created).toMatchObject({
      act: 'macro.created',
      before: null,
      after: { title: 'Привет' },
    })
    expect(changed).toMatchObject({
      act: 'macro.changed',
      before: { title: 'Привет' },
      after: { title: 'Добрый день', text: 'Здравствуйте!', shared: true },
    })
    expect(removed).toMatchObject({
      act: 'macro.deleted',
      before: { title: 'Добрый день' },
      after: null,
    })
  })

  test('of a likeness that somebody says is none', async () => {
    const [one, other] = [await hall.begin('похож'), await hall.begin('на него')]
    const id = newId(hall.clock)
    const pair = [one.laneId, other.laneId].sort()
    await rows(
      hall.otklik.db,
      sql`insert into subscribers.suggestion (id, contact_point_id, other_contact_point_id, likeness, score, created_at)
        values (${id}, ${pair[0]}, ${pair[1]}, array['same-name'], 0.3, ${hall.clock.now()})`,
    )
    await hall.timur.call(subscribers.dismissSuggestion, { params: { id } })
    await hall.timur.call(subscribers.dismissSuggestion, { params: { id } })
    const dismissals = await changesOf(`suggestion:${id}`)
    expect(dismissals).toHaveLength(1)
    expect(dismissals[0]).toMatchObject({ act: 'suggestion-dismissed', after: { contactPointIds: pair } })
  })
})

async function upload(caller: Caller, path: string, text: string): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([text], { type: 'text/plain' }), `${text}.txt`)
  const answer = await fetch(hall.otklik.url + path, { method: 'POST', headers: caller.headers, body: form })
  return attachments.uploadAttachment.response.parse(await answer.json()).id
}

async function visitorSends(visitor: Visitor, text: string): Promise<string> {
  const id = await upload(visitor, chat.uploadChatAttachment.path, text)
  await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text, attachmentIds: [id] } })
  await hall.otklik.drain()
  return id
}
