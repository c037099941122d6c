import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeStartToken } from '../../server/care/subscribers/index.ts'
import { inTransaction, rows, sql } from '../../server/platform/database/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const WORDS = { ru: 'Здравствуйте! Спросите о чём угодно.', en: 'Hello! Ask anything.' }
const webhookSecret = 'a-webhook-secret-of-the-test'
const TELEGRAM = '700000001:a-telegram-token'
let world: World
let otklik: TestOtklik
let maxId: string

beforeAll(async () => {
  world = await startWorld({
    timeScale: 0.001,
    max: { token: 'max-token' },
    telegram: { token: TELEGRAM },
  })
  for (const [index, key] of ['galina', 'sergey', 'olga'].entries())
    world.people.add({
      key,
      firstName: key,
      lastName: '',
      msisdn: `7900000020${index}`,
      email: `${key}@mail.example`,
      locale: 'ru',
      userId: 70_201 + index,
    })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  maxId = await otklik.openDoor({
    kind: 'max',
    name: 'MAX',
    policy: 'full',
    settings: { apiBase: `${world.url}/max`, botName: 'a_bot', greeting: WORDS },
    secrets: { token: 'max-token', webhookSecret },
  })
  await otklik.openDoor({
    kind: 'telegram',
    name: 'Telegram',
    policy: 'invite-only',
    settings: { apiBase: `${world.url}/telegram`, greeting: WORDS },
    secrets: { token: TELEGRAM, webhookSecret },
  })
  await otklik.reconcileDoors()
  // What happens before MAX knows where to tell it is told nobody.
  await eventually(async () => world.max.isSubscribed(`${otklik.url}/channels/${maxId}/webhook`))
}, 60_000)
afterAll(async () => {
  await otklik?.end()
  await world?.close()
})

const heard = (door: 'max' | 'telegram', key: string) =>
  world
    .view(door, key)
    .messages.filter(({ from }) => from === 'operator')
    .map(({ text }) => text)
const hears = (door: 'max' | 'telegram', key: string, count = 1) =>
  eventually(async () => {
    const all = heard(door, key)
    return all.length >= count && all
  })
const notes = () =>
  rows(
    otklik.db,
    sql<{
      text: string
    }>`select body ->> 'text' as text from timeline.entry_body where body ->> 'type' = 'note'`,
  ).then((found) => found.map(({ text }) => text))

test('whoever presses Start is greeted once, outside of any conversation, and the staff see it', async () => {
  await world.act('max', 'anna', { act: 'start' })
  expect(await hears('max', 'anna')).toEqual([WORDS.ru])
  await eventually(async () => (await notes()).some((text) => text.includes(WORDS.ru)))
  expect(await rows(otklik.db, sql`select from timeline.conversation`)).toEqual([])
  // Pressed again, and then by somebody else, in their language: what that one hears has come after it.
  await world.act('max', 'anna', { act: 'start' })
  await world.act('max', 'emily', { act: 'start' })
  expect(await hears('max', 'emily')).toEqual([WORDS.en])
  expect(heard('max', 'anna')).toEqual([WORDS.ru])
})

test('where one may only be invited elsewhere, the invitation is what they read', async () => {
  await world.act('telegram', 'anna', { act: 'start' })
  const [text] = await hears('telegram', 'anna')
  expect(text).toContain('https://max.ru/a_bot')
  expect(text).not.toContain(WORDS.ru)
})

test('a channel that is busy is asked again; what may have arrived is said to be unknown, and sent once', async () => {
  world.faults.plan({ service: 'max', method: 'POST /messages', kind: '429' })
  await world.act('max', 'pyotr', { act: 'start' })
  expect(await hears('max', 'pyotr')).toEqual([WORDS.ru])
  world.faults.plan({ service: 'max', method: 'POST /messages', kind: 'drop-after-accept' })
  await world.act('max', 'zinaida', { act: 'start' })
  await eventually(async () => (await notes()).some((text) => text.includes('не знаем, дошло ли')))
  expect(heard('max', 'zinaida')).toEqual([WORDS.ru])
})

test('whoever has written before the greeting could go is not greeted any more', async () => {
  world.faults.plan({ service: 'max', method: 'POST /messages', kind: '429', retryAfterS: 5 })
  await world.act('max', 'timur', { act: 'start' })
  await eventually(async () => world.faults.list().length === 0)
  await world.act('max', 'timur', { act: 'text', text: 'уже пишу' })
  await eventually(async () => {
    const waiting = await rows(
      otklik.db,
      sql`select from graphile_worker.jobs where task_identifier = 'greet' and attempts < max_attempts`,
    )
    return waiting.length === 0
  })
  expect(heard('max', 'timur')).toEqual([])
})

const laneOf = async (door: 'max' | 'telegram', key: string) => {
  const [row] = await rows(
    otklik.db,
    sql<{
      laneId: string
    }>`select a.contact_point_id as "laneId" from subscribers.contact_alias a join timeline.channel_account c on c.id = a.channel_account_id
      where c.kind = ${door} and a.external_id = ${String(world.people.byKey(key)?.userId)}`,
  )
  return row?.laneId
}
const marksOf = async (laneId: string, mark: string) =>
  rows(
    otklik.db,
    sql`select from timeline.entry_body where lane_id = ${laneId} and body ->> 'mark' = ${mark}`,
  )
const greetingIsOver = () =>
  eventually(async () => {
    const waiting = await rows(
      otklik.db,
      sql`select from graphile_worker.jobs where task_identifier = 'greet' and attempts < max_attempts`,
    )
    return waiting.length === 0
  })

test('whoever comes by a link is known by its token and greeted once, though MAX tells it twice', async () => {
  await world.act('telegram', 'galina', { act: 'text', text: 'как подключить роуминг?' })
  const giver = await eventually(() => laneOf('telegram', 'galina'))
  const { token } = await inTransaction(otklik.db, (tx) =>
    makeStartToken(tx, otklik.timeline.context.subscribers, giver, maxId),
  )
  await world.act('max', 'galina', { act: 'start', payload: token })
  expect(await hears('max', 'galina')).toEqual([WORDS.ru])
  const laneId = await eventually(() => laneOf('max', 'galina'))
  const [told] = await rows(
    otklik.db,
    sql<{ payload: Buffer }>`select payload from timeline.raw_event where lane_id = ${laneId}`,
  )
  const again = await fetch(`${otklik.url}/channels/${maxId}/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-max-bot-api-secret': webhookSecret },
    body: told!.payload.toString(),
  })
  expect(again.status).toBe(200)
  const [link] = await rows(
    otklik.db,
    sql<{
      persons: number
    }>`select count(distinct subscriber_id)::int as persons from subscribers.contact_link
      where contact_point_id = any(${[giver, laneId]}::uuid[]) and not voided having count(*) = 2`,
  )
  expect(link).toEqual({ persons: 1 })
  await greetingIsOver()
  expect(heard('max', 'galina')).toEqual([WORDS.ru])
  expect(await marksOf(laneId, 'door-opened')).toHaveLength(1)
})

test('a token that opens nothing keeps nobody from being greeted', async () => {
  await world.act('max', 'sergey', { act: 'start', payload: 'a-token-of-yesterday' })
  expect(await hears('max', 'sergey')).toEqual([WORDS.ru])
})

test('whoever comes by a link in the middle of a talk is not greeted as if it had not begun', async () => {
  await world.act('max', 'olga', { act: 'start' })
  expect(await hears('max', 'olga')).toEqual([WORDS.ru])
  for (let n = 1; n <= 25; n++) await world.act('max', 'olga', { act: 'text', text: `вопрос ${n}` })
  const laneId = await eventually(() => laneOf('max', 'olga'))
  await eventually(async () => {
    const said = await rows(
      otklik.db,
      sql`select from timeline.entry where lane_id = ${laneId} and direction = 'in'`,
    )
    return said.length === 25
  })
  await world.act('max', 'olga', { act: 'start', payload: 'any' })
  await eventually(async () => (await marksOf(laneId, 'door-opened')).length === 2)
  await greetingIsOver()
  expect(heard('max', 'olga')).toEqual([WORDS.ru])
})
