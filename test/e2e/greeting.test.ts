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
