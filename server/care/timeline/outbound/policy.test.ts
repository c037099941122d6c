import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aStaffCaller, type Caller } from '../../../../test/factories/caller.ts'
import { eventually } from '../../../../test/factories/eventually.ts'
import { refusal } from '../../../../test/factories/hall.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'
import { demoTokens, startWorld, type World } from '../../../../world/index.ts'
import { type ManualClock, manualClock } from '../../../platform/clock.ts'
import { rows, sql } from '../../../platform/database/index.ts'
import { findOutbound } from './outbound.ts'

const { attachments, channels, conversations } = contracts
const webhookSecret = 'a-webhook-secret-of-the-test'

let world: World
let otklik: TestOtklik
let clock: ManualClock
let anna: Caller
let admin: Caller
let telegram: string

beforeAll(async () => {
  clock = manualClock('2026-11-24T09:00:00Z')
  world = await startWorld({ timeScale: 0.001 })
  otklik = await anOtklik({
    clock,
    trustedOrigins: [world.url],
  })
  telegram = await otklik.openDoor({
    kind: 'telegram',
    name: 'Telegram',
    policy: 'no-personal-data',
    settings: { apiBase: `${world.url}/telegram` },
    secrets: { token: demoTokens.telegram, webhookSecret },
  })
  const site = { kind: 'web-chat', policy: 'full', secrets: {} } as const
  await otklik.openDoor({ ...site, name: 'Сайт', settings: { allowedOrigins: ['https://volna.example'] } })
  await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max`, botName: 'volna_bot' },
    secrets: { token: demoTokens.max, webhookSecret },
  })
  await otklik.openDoor({ ...site, name: 'Старый сайт', settings: { allowedOrigins: [] } })
  await otklik.reconcileDoors()
  await signIn()
})
afterAll(async () => {
  await world.close()
  await otklik.end()
})

async function signIn(): Promise<void> {
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
}
async function begin(person: string) {
  const text = `вопрос ${uuid()}`
  await eventually(() => world.act('telegram', person, { act: 'text', text }))
  const { id } = await eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((item) => item.preview === text)
  })
  const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id } })
  return { id, laneId: replyLaneId ?? '' }
}
async function upload(words: string): Promise<string> {
  const body = new FormData()
  body.append('file', new Blob([words]), 'счёт.txt')
  const { method, path, response } = attachments.uploadAttachment
  const answer = await fetch(otklik.url + path, { method, headers: anna.headers, body })
  return response.parse(await answer.json()).id
}
async function setPolicy(policy: 'full' | 'no-personal-data' | 'invite-only') {
  await admin.call(channels.changeChannelAccount, { params: { id: telegram }, body: { policy } })
  await otklik.timeline.context.doors.refresh()
}
const shown = (person: string) =>
  world.view('telegram', person).messages.flatMap((one) => (one.from === 'operator' ? [one.text] : []))

test('through a door for nothing personal leaves what is not, and no numbers, addresses or files', async () => {
  const { id, laneId } = await begin('timur')
  const send = (text: string, attachmentIds: string[] = []) =>
    anna.call(conversations.sendMessage, {
      params: { id },
      body: { id: uuid(), laneId, text, attachmentIds, undoMs: 0 },
    })
  await expect(send('Ваш номер +7 916 123-45-67?')).rejects.toMatchObject({
    status: 422,
    problem: { code: 'personal_data', facts: { found: ['phone-number'] } },
  })
  await expect(send('Паспорт 45 11 123456, почта a@example.ru')).rejects.toMatchObject({
    problem: { code: 'personal_data', facts: { found: ['email', 'number'] } },
  })
  await expect(send('Вот счёт', [await upload('счёт за ноябрь')])).rejects.toMatchObject({
    problem: { code: 'personal_data', facts: { found: ['attachment'] } },
  })
  await send('Интернет работает, перезагрузите телефон. Всё бесплатно: 8 800 555-35-35')
  await otklik.drain()
  expect(await eventually(async () => shown('timur').at(-1))).toContain('перезагрузите')
  expect(shown('timur')).toHaveLength(1)
})

test('a door that was restricted while a message could be taken back keeps it', async () => {
  await setPolicy('full')
  const { id, laneId } = await begin('emily')
  const message = uuid()
  const body = { id: message, laneId, text: 'Номер +7 916 123-45-67', undoMs: 5_000 }
  await anna.call(conversations.sendMessage, { params: { id }, body })
  await setPolicy('no-personal-data')
  clock.advance(6_000)
  await otklik.drain()
  expect(await findOutbound(otklik.db, message)).toMatchObject({ state: 'failed', reason: 'personal_data' })
  expect(shown('emily')).toEqual([])
})

test('who writes where one may only invite is told of every door that answers', async () => {
  await setPolicy('invite-only')
  // What they said in full before was another talk.
  clock.advance(80 * 3_600_000)
  await signIn()
  const { id, laneId } = await begin('emily')
  await otklik.drain()
  const invitation = await eventually(async () => shown('emily').at(-1))
  for (const place of [`${otklik.url}/my/`, 'https://volna.example', 'https://max.ru/volna_bot'])
    expect(invitation).toContain(place)
  expect(invitation.split('\n')).toHaveLength(4)
  await expect(
    anna.call(conversations.sendMessage, { params: { id }, body: { id: uuid(), laneId, text: 'Привет' } }),
  ).rejects.toEqual(refusal('channel_policy'))
})

test('what the house says by itself and has not yet left hinders nobody who opens the conversation', async () => {
  await setPolicy('full')
  const { id, laneId } = await begin('timur')
  const later = new Date(clock.now().getTime() + 3_600_000)
  await rows(
    otklik.db,
    sql`insert into timeline.outbound (id, conversation_id, lane_id, author_kind, state, body, release_at, created_at, changed_at)
      values (${uuid()}, ${id}, ${laneId}, 'system', 'held', ${JSON.stringify({ type: 'message', text: 'x' })}, ${later}, ${later}, ${later})`,
  )
  const { held } = await anna.call(conversations.getConversation, { params: { id } })
  expect(held).toEqual([])
})
