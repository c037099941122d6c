import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contracts } from '../../contracts/index.ts'
import { startWorld, type World } from '../../world/index.ts'
import { aStaffCaller, aVisitorCaller, type Caller } from '../factories/caller.ts'
import { eventually } from '../factories/eventually.ts'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

const { chat, conversations, subscribers } = contracts
const TOKENS = { max: 'max-token', telegram: '700000001:telegram-token', sms: 'sms-token' }
const SECRET = 'a-webhook-secret-of-the-test'
let world: World
let otklik: TestOtklik
let chatId: string
let anna: Caller

beforeAll(async () => {
  world = await startWorld({
    timeScale: 0.001,
    max: { token: TOKENS.max },
    telegram: { token: TOKENS.telegram },
    sms: { token: TOKENS.sms },
  })
  otklik = await anOtklik({ trustedOrigins: [world.url], env: { COUNTRY: 'KZ' } })
  const secrets = (token: string) => ({ token, webhookSecret: SECRET })
  const door = { policy: 'full' as const }
  await otklik.openDoor({
    ...door,
    kind: 'max',
    name: 'MAX',
    settings: { apiBase: `${world.url}/max` },
    secrets: secrets(TOKENS.max),
  })
  await otklik.openDoor({
    ...door,
    kind: 'telegram',
    name: 'Telegram',
    settings: { apiBase: `${world.url}/telegram` },
    secrets: secrets(TOKENS.telegram),
  })
  await otklik.openDoor({
    ...door,
    kind: 'sms',
    name: 'SMS',
    settings: { apiBase: `${world.url}/sms`, sender: '0611' },
    secrets: secrets(TOKENS.sms),
  })
  chatId = await otklik.openDoor({ ...door, kind: 'web-chat', name: 'Сайт', settings: {}, secrets: {} })
  await otklik.reconcileDoors()
  anna = await aStaffCaller(otklik.url, otklik.logins.anna)
})
afterAll(async () => {
  await otklik.end()
  await world.close()
})

async function conversationWith(preview: string) {
  return eventually(async () => {
    const { items } = await anna.call(conversations.listConversations, { query: { view: 'all', limit: 100 } })
    return items.find((one) => one.preview === preview)
  })
}
const textsAt = (service: 'max' | 'telegram', person: string) =>
  world
    .view(service, person)
    .messages.filter((one) => one.from === 'operator')
    .map((one) => one.text)

describe('one person at several doors', () => {
  test('is answered through the door they wrote at', async () => {
    for (const service of ['max', 'telegram'] as const) {
      const text = `Вопрос из ${service}`
      await world.act(service, 'timur', { act: 'text', text })
      const { id } = await conversationWith(text)
      const { replyLaneId } = await anna.call(conversations.getConversation, { params: { id } })
      await anna.call(conversations.sendMessage, {
        params: { id },
        body: { id: uuid(), laneId: replyLaneId, text: `Ответ в ${service}`, undoMs: 0 },
      })
      await eventually(async () => textsAt(service, 'timur').includes(`Ответ в ${service}`))
      const delivered = await eventually(async () => {
        const { entries } = await anna.call(conversations.readTimeline, { params: { id } })
        return entries.find((one) => one.delivery?.state === 'sent')
      })
      expect(delivered.delivery?.attempts).toBe(1)
    }
  })

  test('is one scroll once proved by codes, and two again when unlinked', async () => {
    const visitor = await aVisitorCaller(otklik.url, chatId)
    await visitor.call(chat.sendChatMessage, { body: { id: uuid(), text: 'Пишу с сайта' } })
    await world.act('max', 'anna', { act: 'text', text: 'Пишу из MAX' })
    const fromSite = await conversationWith('Пишу с сайта')
    const fromMax = await conversationWith('Пишу из MAX')
    const siteLane = (await anna.call(conversations.getConversation, { params: { id: fromSite.id } }))
      .replyLaneId!
    const maxLane = (await anna.call(conversations.getConversation, { params: { id: fromMax.id } }))
      .replyLaneId!
    const { msisdn } = world.people.byKey('anna')!
    for (const lane of [siteLane, maxLane]) {
      const before = world.sms.sentTo(msisdn).length
      const { proofId } = await anna.call(subscribers.startProof, {
        params: { id: lane },
        body: { msisdn: `+${msisdn}` },
      })
      const sent = await eventually(async () => world.sms.sentTo(msisdn)[before])
      const code = /\d{6}/.exec(sent.text)![0]
      await anna.call(subscribers.confirmProof, { params: { id: lane }, body: { proofId, code } })
    }
    const messages = async (id: string) =>
      (await anna.call(conversations.readTimeline, { params: { id } })).entries.flatMap((one) =>
        one.body?.type === 'message' ? [one.body.text] : [],
      )
    expect(await messages(fromSite.id)).toEqual(['Пишу с сайта', 'Пишу из MAX'])
    expect(await messages(fromMax.id)).toEqual(['Пишу с сайта', 'Пишу из MAX'])

    await anna.call(subscribers.unlinkContactPoint, {
      params: { id: maxLane },
      body: { reason: 'Назвала чужой код', mistake: true },
    })
    expect(await messages(fromSite.id)).toEqual(['Пишу с сайта'])
    expect(await messages(fromMax.id)).toEqual(['Пишу из MAX'])
  })
})

describe('a door', () => {
  test('that answers 429 and 500 is tried again, and the message arrives once', async () => {
    await world.act('max', 'pyotr', { act: 'text', text: 'Терпеливый вопрос' })
    const { id } = await conversationWith('Терпеливый вопрос')
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params: { id } })
    world.faults.plan({ service: 'max', method: 'POST /messages', kind: '500', times: 1 })
    await anna.call(conversations.sendMessage, {
      params: { id },
      body: { id: uuid(), laneId, text: 'Со второй попытки', undoMs: 0 },
    })
    await eventually(async () => textsAt('max', 'pyotr').includes('Со второй попытки'), 20_000)
    expect(textsAt('max', 'pyotr').filter((text) => text === 'Со второй попытки')).toHaveLength(1)
  })

  test('whose answer was lost leaves the message unknown until a person decides', async () => {
    await world.act('max', 'zinaida', { act: 'text', text: 'Дошло ли?' })
    const { id } = await conversationWith('Дошло ли?')
    const { replyLaneId: laneId } = await anna.call(conversations.getConversation, { params: { id } })
    world.faults.plan({ service: 'max', method: 'POST /messages', kind: 'drop-after-accept', times: 1 })
    const messageId = uuid()
    await anna.call(conversations.sendMessage, {
      params: { id },
      body: { id: messageId, laneId, text: 'Неизвестно', undoMs: 0 },
    })
    const unknown = async () =>
      (await anna.call(conversations.readTimeline, { params: { id } })).entries.find(
        (one) => one.delivery?.state === 'unknown',
      )
    await eventually(async () => Boolean(await unknown()), 20_000)
    expect((await anna.call(conversations.getConversation, { params: { id } })).trouble).toBe(true)
    const settled = await anna.call(conversations.settleMessage, {
      params: { id: messageId },
      body: { arrived: true },
    })
    expect(settled.state).toBe('sent')
    expect((await anna.call(conversations.getConversation, { params: { id } })).trouble).toBe(false)
  })

  test('that brings something unreadable keeps it visible and replayable; a wrong secret is nobody’s', async () => {
    const irina = await aStaffCaller(otklik.url, otklik.logins.irina)
    const accounts = await irina.call(contracts.channels.listChannelAccounts)
    const path = accounts.find((one) => one.kind === 'max')!.webhookPath!
    const post = (body: string, secret: string) =>
      fetch(otklik.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-max-bot-api-secret': secret },
        body,
      })
    expect((await post('{}', 'wrong')).status).toBe(401)
    expect((await post('{ not json', SECRET)).status).toBe(200)
    const { items, total } = await irina.call(contracts.channels.listUnfiledEvents)
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({ channel: 'max', bytes: 10 })
    const replayed = await irina.call(contracts.channels.replayUnfiledEvent, { params: { id: items[0]!.id } })
    expect(replayed).toMatchObject({ filed: false, reason: expect.any(String) })
    expect((await irina.call(conversations.countConversations)).unfiled).toBe(1)
    await irina.call(contracts.channels.discardUnfiledEvent, {
      params: { id: items[0]!.id },
      body: { reason: 'мусор' },
    })
    expect((await irina.call(contracts.channels.listUnfiledEvents)).total).toBe(0)
  })

  test('that repeats an update thrice, in parallel too, makes one entry', async () => {
    await world.act('telegram', 'emily', { act: 'text', text: 'Only once' })
    const { id } = await conversationWith('Only once')
    const update = world.telegram.updates().at(-1)!
    await Promise.all([1, 2, 3].map(() => world.telegram.replay(update)))
    await otklik.drain()
    const { entries } = await anna.call(conversations.readTimeline, { params: { id } })
    expect(entries.filter((one) => one.kind === 'message')).toHaveLength(1)
  })
})
