import { afterAll, beforeAll, expect, test } from 'vitest'
import { contracts } from '../../../../contracts/index.ts'
import { aCaller, aStaffCaller, type Caller } from '../../../../test/factories/caller.ts'
import { anOtklik, type TestOtklik } from '../../../../test/factories/otklik.ts'

const { channels, chat } = contracts
let otklik: TestOtklik
let admin: Caller
beforeAll(async () => {
  otklik = await anOtklik()
  admin = await aStaffCaller(otklik.url, otklik.logins.admin)
})
afterAll(() => otklik.end())

const create = (body: object) => admin.call(channels.createChannelAccount, { body })

test('settings that a door cannot use are refused with their places, and nothing is saved', async () => {
  await expect(
    create({ kind: 'web-chat', name: 'Сайт', settings: { allowedOrigins: ['example.org'], accent: 'teal' } }),
  ).rejects.toMatchObject({
    status: 400,
    problem: {
      code: 'invalid_request',
      facts: { in: 'settings', issues: [{ at: 'allowedOrigins.0' }, { at: 'accent' }] },
    },
  })
  await expect(
    create({ kind: 'email', name: 'Почта', settings: { address: 'a@example.ru' } }),
  ).rejects.toThrow('imap')
  const { id } = await create({ kind: 'max', name: 'MAX', settings: { botName: 'volna_bot' } })
  const change = (body: object) => admin.call(channels.changeChannelAccount, { params: { id }, body })
  await expect(change({ settings: { apiBase: 'ftp://max' } })).rejects.toThrow('apiBase')
  expect(await change({ name: 'MAX «Волны»' })).toMatchObject({ settings: { botName: 'volna_bot' } })
  expect(await admin.call(channels.listChannelAccounts)).toHaveLength(2)
})

test('a secret that is not one of its kind is refused where it is typed, and is not said back', async () => {
  const token = 'token of @BotFather'
  const refused = { status: 400, problem: { facts: { in: 'secrets', issues: [{ at: 'token' }] } } }
  const door = { kind: 'telegram', name: 'Бот' }
  await expect(create({ ...door, secrets: { token } })).rejects.toMatchObject(refused)
  await expect(create({ ...door, secrets: { token } })).rejects.not.toThrow(token)
  const { id } = await create({ ...door, secrets: { token: '7:right' } })
  const change = (body: object) => admin.call(channels.changeChannelAccount, { params: { id }, body })
  await expect(change({ secrets: { token } })).rejects.toMatchObject(refused)
  expect(await change({ secrets: { webhookSecret: 'a-secret-of-sixteen' } })).toMatchObject({
    secrets: ['token', 'webhookSecret'],
  })
})

test('a bot has one door: a second one would take its messages away', async () => {
  const bot = (token: string) => ({ kind: 'max', name: 'Первый', secrets: { token } })
  const first = await create(bot('one-bot'))
  const taken = { status: 409, problem: { code: 'conflict', facts: { at: 'token', name: 'Первый' } } }
  await expect(create(bot('one-bot'))).rejects.toMatchObject(taken)
  const { id } = await create(bot('another-bot'))
  const change = (params: { id: string }) =>
    admin.call(channels.changeChannelAccount, { params, body: { secrets: { token: 'one-bot' } } })
  await expect(change({ id })).rejects.toMatchObject(taken)
  await change({ id: first.id })
})

test('a foreign messenger only invites in Russia, unless somebody decides otherwise', async () => {
  expect(await create({ kind: 'telegram', name: 'Telegram' })).toMatchObject({ policy: 'invite-only' })
  expect(await create({ kind: 'telegram', name: 'Telegram', policy: 'no-personal-data' })).toMatchObject({
    policy: 'no-personal-data',
  })
})

test('a chat whose settings cannot be read does not close the chats of other sites', async () => {
  const origin = 'https://shop.example'
  const door = { kind: 'web-chat', policy: 'full', secrets: {} } as const
  await otklik.openDoor({ ...door, name: 'Сломанный', settings: { allowedOrigins: ['example.org'] } })
  const account = await otklik.openDoor({ ...door, name: 'Магазин', settings: { allowedOrigins: [origin] } })
  const visitor = await aCaller(otklik.url, { origin }).call(chat.startVisitor, { body: { account } })
  expect(visitor.token).toMatch(/^chat_/)
})
