import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../../contracts/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../../../test/factories/caller.ts'
import { eventually } from '../../../test/factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../../../test/factories/otklik.ts'
import { tablesWith } from '../../../test/factories/tables-with.ts'
import { startWorld, type World } from '../../../world/index.ts'
import { one, sql } from '../../platform/database/index.ts'
import { createLog } from '../../platform/telemetry/index.ts'

const { chat, conversations, privacy, subscribers, search } = contracts
const TOKEN = '700000001:telegram-token'
const PLANTED = {
  sentence: 'кодовая фраза фиолетовый бегемот',
  reply: 'отвечаю про фиолетового бегемота',
  unsent: 'черновик бирюзовый носорог',
  note: 'заметка сиреневый жираф',
  wrapUp: 'итог оранжевый кенгуру',
  file: 'договор-лазоревый-тапир.txt',
}
let world: World
let otklik: TestOtklik
let site: string
let anna: Caller
let admin: Caller
let number: string
const logged: string[] = []

beforeAll(async () => {
  world = await startWorld({
    timeScale: 0.001,
    telegram: { token: TOKEN },
    sms: { token: 'sms-token' },
    max: { token: 'max-token' },
  })
  otklik = await anOtklik({
    trustedOrigins: [world.url],
    env: { COUNTRY: 'KZ' },
    log: createLog({ level: 'info', destination: { write: (line: string) => void logged.push(line) } }),
  })
  const door = { policy: 'full' as const }
  await otklik.openDoor({
    ...door,
    kind: 'telegram',
    name: 'Telegram',
    settings: { apiBase: `${world.url}/telegram` },
    secrets: { token: TOKEN, webhookSecret: 'a-webhook-secret-of-the-test' },
  })
  await otklik.openDoor({
    ...door,
    kind: 'sms',
    name: 'SMS',
    settings: { apiBase: `${world.url}/sms`, sender: '0611' },
    secrets: { token: 'sms-token', webhookSecret: 'a-webhook-secret-of-the-test' },
  })
  site = await otklik.openDoor({ ...door, kind: 'web-chat', name: 'Сайт', settings: {}, secrets: {} })
  await otklik.reconcileDoors()
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
  number = world.people.byKey('timur')?.msisdn ?? ''
})
afterAll(async () => {
  await otklik.end()
  await world.close()
})

async function conversationWith(preview: string) {
  return eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((item) => item.preview === preview)
  })
}

async function upload(at: string, headers: Readonly<Record<string, string>>): Promise<string> {
  const form = new FormData()
  form.set('file', new Blob([`${PLANTED.sentence} внутри файла`]), PLANTED.file)
  const answer = await fetch(otklik.url + at, { method: 'POST', headers, body: form })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { id: string }).id
}

/** Somebody at three doors, with everything that can be kept about a person. */
async function aPerson() {
  const visitor = await aVisitorCaller(otklik.url, site)
  const attachmentIds = [await upload(chat.uploadChatAttachment.path, visitor.headers)]
  await visitor.call(chat.sendChatMessage, {
    body: { id: uuid(), text: `${PLANTED.sentence}, мой номер ${number}`, attachmentIds },
  })
  const conversation = await conversationWith(`${PLANTED.sentence}, мой номер ${number}`)
  const params = { id: conversation.id }
  await anna.call(conversations.claimConversation, { params })
  const { replyLaneId } = await anna.call(conversations.getConversation, { params })
  const laneId = replyLaneId!
  await proveByCode(laneId)
  await world.act('telegram', 'timur', { act: 'text', text: `ещё раз: ${PLANTED.sentence}` })
  const other = await conversationWith(`ещё раз: ${PLANTED.sentence}`)
  const { replyLaneId: telegramLane } = await anna.call(conversations.getConversation, {
    params: { id: other.id },
  })
  await anna.call(subscribers.linkContactPoint, {
    params: { id: telegramLane! },
    body: { toContactPointId: laneId, reason: PLANTED.note },
    key: uuid(),
  })
  const sayAgain = await say(params.id, laneId)
  await otklik.drain()
  return { visitor, params, laneId, telegramLane: telegramLane!, sayAgain }
}

async function proveByCode(laneId: string): Promise<void> {
  const params = { id: laneId }
  const before = world.sms.sentTo(number).length
  const { proofId } = await anna.call(subscribers.startProof, { params, body: { msisdn: `+${number}` } })
  const sent = await eventually(async () => world.sms.sentTo(number)[before])
  const code = /\d{6}/.exec(sent.text)?.[0]
  await anna.call(subscribers.confirmProof, { params, body: { proofId, code } })
}

async function say(id: string, laneId: string): Promise<() => Promise<unknown>> {
  const params = { id }
  const attachmentIds = [await upload('/api/v1/attachments', anna.headers)]
  const body = { id: uuid(), laneId, text: PLANTED.reply, attachmentIds, undoMs: 0 }
  await anna.call(conversations.sendMessage, { params, body, key: body.id })
  await anna.call(conversations.addNote, { params, body: { id: uuid(), text: PLANTED.note }, key: uuid() })
  const held = { id: uuid(), laneId, text: PLANTED.unsent, undoMs: 20_000 }
  const again = () => anna.call(conversations.sendMessage, { params, body: held, key: held.id })
  expect(await again()).toEqual(await again())
  await anna.call(conversations.saveDraft, {
    params,
    body: { text: PLANTED.unsent, laneId, attachmentIds: [], note: false, version: 0 },
  })
  await anna.call(conversations.resolveConversation, {
    params,
    body: { topicId: null, outcome: 'solved', note: PLANTED.wrapUp },
  })
  return again
}

/** An SMS that cannot be read stands on no lane. */
async function receiveUnreadable(payload: string): Promise<void> {
  const door = (await otklik.timeline.context.doors.all()).find(({ account }) => account.kind === 'sms')
  if (door) await otklik.timeline.inbound.receive(door.account, door.adapter, Buffer.from(payload))
}

const counts = () =>
  one(
    otklik.db,
    sql<Record<string, number>>`select
      (select count(*) from timeline.entry where kind <> 'mark') as entries, (select count(*) from timeline.conversation) as conversations,
      (select count(*) from timeline.interaction) as interactions, (select count(*) from timeline.segment) as segments,
      (select count(*) from timeline.outbound) as outbound, (select count(*) from subscribers.contact_point) as points,
      (select count(*) from subscribers.contact_link) as links, (select count(*) from timeline.attachment) as attachments`,
  )

describe('a person', () => {
  let person: Awaited<ReturnType<typeof aPerson>>

  test('is exported whole; erased, they leave no word, number or file behind, and every count as it was', async () => {
    person = await aPerson()
    // Somebody else, of whom nothing may go.
    const stranger = await aVisitorCaller(otklik.url, site)
    await stranger.call(chat.sendChatMessage, { body: { id: uuid(), text: 'я совсем другой человек' } })
    await conversationWith('я совсем другой человек')
    await otklik.drain()

    await receiveUnreadable(`{"from": "+${number}", "text": "${PLANTED.sentence}`)
    await receiveUnreadable(`{"from": "+${number}0", "text": "чужое`)
    const exported = await fetch(`${otklik.url}/api/v1/contact-points/${person.laneId}/export`, {
      headers: admin.headers,
    })
    expect(exported.headers.get('content-disposition')).toMatch(/^attachment/)
    const told = await exported.text()
    expect(JSON.parse(told)).toMatchObject({ form: 'otklik-person/1' })
    const { unsent, ...said } = PLANTED
    for (const planted of [...Object.values(said), number, person.telegramLane])
      expect(told).toContain(planted)
    expect(told).not.toContain('другой человек')

    expect(await tablesWith(otklik.db, PLANTED.sentence)).not.toEqual([])
    expect(await tablesWith(otklik.db, unsent)).not.toEqual([])
    const before = await counts()
    const key = uuid()
    const erase = () =>
      admin.call(privacy.erasePerson, {
        params: { id: person.laneId },
        body: { reason: 'отозвал согласие' },
        key,
      })
    const report = await erase()
    expect(report.counts).toMatchObject({ attachments: 2, visitors: 1, subscribers: 1, drafts: 1, notes: 1 })
    expect(report.counts.unfiledEvents).toBe(1)
    expect(report.counts.bodies).toBeGreaterThan(4)
    expect(report.counts.rawEvents).toBeGreaterThan(0)
    expect(await erase()).toEqual(report)

    await otklik.timeline.context.files.sweepUnowned(otklik.db)
    for (const planted of [...Object.values(PLANTED), `${number},`, `+${number}"`, `"${number}"`])
      expect([planted, await tablesWith(otklik.db, planted)]).toEqual([planted, []])
    // What names another number, of which theirs is a part, stays; and only there does it stand.
    expect(await tablesWith(otklik.db, number)).toEqual(await tablesWith(otklik.db, `${number}0`))
    expect(await counts()).toEqual({ ...before })
    const files = await readdir(path.join(otklik.dataDir, 'files'), { recursive: true, withFileTypes: true })
    expect(files.filter((file) => file.isFile())).toEqual([])
    expect((await tablesWith(otklik.db, 'я совсем другой человек')).length).toBeGreaterThan(0)
  })

  test('who was erased shows as a skeleton with a mark, is found no more, and their token has ended', async () => {
    const token = person.visitor.call(chat.readChat, { query: { after: 0 } })
    await expect(token).rejects.toMatchObject({ status: 401 })
    // A repeat of an earlier write changes nothing, and its answer is gone.
    await expect(person.sayAgain()).rejects.toMatchObject({ problem: { code: 'erased' } })
    const irina = await aStaffCaller(otklik.url, otklik.logins.irina)
    const { entries } = await irina.call(conversations.readTimeline, { params: person.params })
    const marks = entries.filter((entry) => entry.body !== null)
    // One on each of their lanes: the site's, Telegram's, the proved number's.
    expect(marks.map((entry) => entry.body)).toEqual(
      Array.from({ length: 3 }, () => ({ type: 'mark', mark: 'erased', facts: {} })),
    )
    expect(entries.filter((entry) => entry.kind === 'message').every((entry) => entry.body === null)).toBe(
      true,
    )
    const found = await irina.call(search.searchEntries, { query: { q: 'фиолетовый бегемот' } })
    expect(found.items).toEqual([])
  })

  test('erased leaves a report and its traces in the audit', async () => {
    const { items } = await admin.call(privacy.listErasures, { query: { limit: 10 } })
    expect(items).toMatchObject([{ reason: 'отозвал согласие' }])
    const acts = await admin.call(privacy.listAccesses, { query: { limit: 100 } })
    expect(acts.items.filter((row) => row.act === 'export')).toHaveLength(1)
    expect(acts.items.filter((row) => row.act === 'erase').length).toBeGreaterThan(1)
    const changes = await admin.call(privacy.listChanges, { query: { limit: 100 } })
    expect(changes.items.filter((row) => row.act === 'person.erased')).toHaveLength(1)
    // Where a backup from before cannot undo it: whoever restores one knows whom to erase again.
    const lines = logged.filter((line) => line.includes('a person was erased'))
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { contactPointIds: expect.arrayContaining([person.laneId]), report: items[0]?.id },
    ])
    expect(lines.join()).not.toContain(number)
  })

  test('whose door became another’s takes their own words along, not the other’s', async () => {
    const visitor = await aVisitorCaller(otklik.url, site)
    const mate = await aVisitorCaller(otklik.url, site)
    const say = (who: Caller, text: string) => who.call(chat.sendChatMessage, { body: { id: uuid(), text } })
    await say(visitor, 'слова первого хозяина')
    await say(mate, 'с другой двери первого')
    const laneOf = async (preview: string) => {
      const { id } = await conversationWith(preview)
      return (await anna.call(conversations.getConversation, { params: { id } })).replyLaneId ?? ''
    }
    const shared = await laneOf('слова первого хозяина')
    const own = await laneOf('с другой двери первого')
    const params = { id: shared }
    await anna.call(subscribers.linkContactPoint, { params, body: { toContactPointId: own, reason: 'тест' } })
    await anna.call(subscribers.unlinkContactPoint, { params, body: { mistake: false, reason: 'тест' } })
    await say(visitor, 'слова второго хозяина')
    await otklik.drain()

    await admin.call(privacy.erasePerson, { params: { id: own }, body: { reason: 'просьба первого' } })
    expect(await tablesWith(otklik.db, 'слова первого хозяина')).toEqual([])
    expect(await tablesWith(otklik.db, 'с другой двери первого')).toEqual([])
    expect(await tablesWith(otklik.db, 'слова второго хозяина')).not.toEqual([])
    const { messages } = await visitor.call(chat.readChat, { query: { after: 0 } })
    expect(messages.map((one) => one.text).filter(Boolean)).toEqual(['слова второго хозяина'])
  })

  test('can be erased by admins and by systems with the scope only', async () => {
    const params = { id: uuid() }
    const body = { reason: 'так надо' }
    await expect(anna.call(privacy.erasePerson, { params, body })).rejects.toMatchObject({ status: 403 })
    await expect(admin.call(privacy.erasePerson, { params, body })).rejects.toMatchObject({ status: 404 })
  })
})
