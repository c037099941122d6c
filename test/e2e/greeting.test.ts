import { afterAll, beforeAll, expect, test } from 'vitest'
import { rows, sql } from '../../server/platform/database/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const WORDS = { ru: 'Здравствуйте! Спросите о чём угодно.', en: 'Hello! Ask anything.' }
const webhookSecret = 'a-webhook-secret-of-the-test'
const TELEGRAM = '700000001:a-telegram-token'
let world: World
let otklik: TestOtklik

beforeAll(async () => {
  world = await startWorld({
    timeScale: 0.001,
    max: { token: 'max-token' },
    telegram: { token: TELEGRAM },
  })
  otklik = await anOtklik({ trustedOrigins: [world.url] })
  const max = await otklik.openDoor({
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
  await eventually(async () => world.max.isSubscribed(`${otklik.url}/channels/${max}/webhook`))
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
