import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { anAccount, silentLog, WEBHOOK_SECRET } from '../../../test/conformance/doorstep.ts'
import { anOutgoingFile, anOutgoingMessage } from '../../../test/conformance/outgoing-message.ts'
import {
  nothingKept,
  type RecordingIntake,
  recordingIntake,
} from '../../../test/conformance/recording-intake.ts'
import { openWebhookDoor, type WebhookDoor } from '../../../test/conformance/webhook-door.ts'
import { demoTokens, startWorld, type World } from '../../../world/index.ts'
import type { ChannelAccountRow, ChannelAdapter } from '../../care/timeline/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { createOutgoing, type Outgoing } from '../../platform/outgoing/index.ts'
import { createTelegramAdapter } from './index.ts'

const ANNA = '70101'
const jpeg = Buffer.from('/9j/4AAQSkZJRgABAQEAYABgAAD/2Q==', 'base64')
const aFile = (name: string, type: string) => ({ name, type, base64: jpeg.toString('base64') })

let world: World
let door: WebhookDoor
let outgoing: Outgoing
let adapter: ChannelAdapter
let account: ChannelAccountRow
const stops: (() => Promise<void>)[] = []

async function begin(mode: 'webhook' | 'polling' = 'webhook', more: Parameters<typeof startWorld>[0] = {}) {
  world = await startWorld({ timeScale: 0.001, ...more })
  door = await openWebhookDoor()
  outgoing = createOutgoing({ allowPrivate: [world.url] })
  const timing = { watchMs: 50, pollMs: 1_000, callMs: 500, attemptMs: 5_000, backoffMs: 20 }
  adapter = createTelegramAdapter({
    outgoing,
    clock: systemClock,
    log: silentLog,
    publicUrl: door.publicUrl,
    timing,
  })
  account = anAccount(
    'telegram',
    { apiBase: `${world.url}/telegram`, mode, botName: 'otklik_demo_bot' },
    { token: demoTokens.telegram, webhookSecret: WEBHOOK_SECRET },
  )
}

async function run(intake: RecordingIntake = recordingIntake(adapter, account)): Promise<RecordingIntake> {
  door.lead(adapter, account, intake)
  stops.push(await adapter.run!(account, intake))
  await vi.waitFor(() => expect(intake.health.at(-1)).toEqual({ state: 'ok', reason: null }))
  return intake
}

const call = async (method: string, body: object = {}): Promise<ReturnType<typeof JSON.parse>> => {
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(body) }
  return (await fetch(`${world.url}/telegram/bot${demoTokens.telegram}/${method}`, init)).json()
}
const start = () => world.act('telegram', 'anna', { act: 'start' })
const send = (more: Parameters<typeof anOutgoingMessage>[1] = {}) =>
  adapter.send!(account, anOutgoingMessage(ANNA, more))
/** Until the rest is over that the bot was told to take. */
const rested = () =>
  vi.waitFor(async () => expect(await send()).toMatchObject({ outcome: 'sent' }), { timeout: 5_000 })
const shown = () => world.view('telegram', 'anna').messages.filter((one) => one.from === 'operator')

async function end() {
  await Promise.all(stops.splice(0).map((stop) => stop()))
  await world.close()
  await outgoing.close()
  await door.close()
}

describe('receiving by webhook', () => {
  beforeEach(() => begin())
  afterEach(end)

  test('everything that a person can do arrives, in its order', async () => {
    const intake = await run()
    await world.act('telegram', 'anna', { act: 'start', payload: 'link-token' })
    const [first = ''] = (await world.act('telegram', 'anna', { act: 'text', text: 'Привет' })).messageIds
    await world.act('telegram', 'anna', { act: 'text', text: 'и ещё', replyTo: first })
    await world.act('telegram', 'anna', { act: 'edit', messageId: first, text: 'Здравствуйте' })
    await world.act('telegram', 'anna', { act: 'contact', whose: 'own' })
    await world.act('telegram', 'anna', { act: 'contact', whose: 'forged' })
    await world.act('telegram', 'anna', { act: 'location', latitude: 59.9, longitude: 30.3 })
    await world.act('telegram', 'anna', { act: 'block' })
    await world.act('telegram', 'anna', { act: 'unblock' })
    await vi.waitFor(() => expect(intake.kept.events).toHaveLength(9))
    expect(intake.kept.events).toMatchObject([
      { kind: 'reachability', startToken: 'link-token' },
      { kind: 'message', messageId: `${ANNA}:${first}`, body: { text: 'Привет' } },
      { kind: 'message', replyTo: `${ANNA}:${first}` },
      { kind: 'edit', messageId: `${ANNA}:${first}`, text: 'Здравствуйте' },
      { sharedContact: { msisdn: '79000000101', proved: true } },
      { sharedContact: { proved: false } },
      { body: { location: { latitude: 59.9, longitude: 30.3 } } },
      { kind: 'reachability', reachable: false },
      { kind: 'reachability', reachable: true },
    ])
  })

  test('files come with what fetches them; an album is one', async () => {
    const intake = await run()
    await start()
    for (const kind of ['voice', 'video', 'document'] as const)
      await world.act('telegram', 'anna', {
        act: 'media',
        kind,
        files: [aFile(`${kind}.bin`, 'application/pdf')],
      })
    const photos = [aFile('1.jpg', 'image/jpeg'), aFile('2.jpg', 'image/jpeg')]
    await world.act('telegram', 'anna', { act: 'media', kind: 'photo', files: photos, text: 'две' })
    await vi.waitFor(() => expect(intake.kept.events).toHaveLength(6))
    const messages = intake.kept.events.filter((event) => event.kind === 'message')
    for (const { files } of messages) {
      const fetched = await adapter.fetchFile!(account, files![0]!.remote!, 1_000_000)
      expect(fetched.bytes).toEqual(jpeg)
    }
    expect(messages.slice(-2).map((one) => one.album)).toEqual([expect.any(String), messages.at(-1)?.album])
    await expect(adapter.fetchFile!(account, messages[0]!.files![0]!.remote!, 3)).rejects.toThrow(
      'payload_too_large',
    )
  })

  test('a pressed button says its title, and its clock stops', async () => {
    const intake = await run()
    await start()
    await send({ buttons: [{ title: 'Подключить', payload: 'connect' }] })
    await world.act('telegram', 'anna', { act: 'press', messageId: shown()[0]!.id, row: 0, column: 0 })
    await vi.waitFor(() => expect(intake.texts()).toEqual(['Подключить']))
    const { key } = intake.kept.events.at(-1) as { key: string }
    // Answered: the stand-in forgets a callback by its answer.
    await vi.waitFor(async () => {
      const again = await call('answerCallbackQuery', { callback_query_id: key.slice('callback:'.length) })
      expect(again).toMatchObject({ ok: false })
    })
  })

  test('a webhook without our secret, or with another, is refused; so is every one while we have none', async () => {
    const verify = (headers: Record<string, string>, secrets = account.secrets) =>
      adapter.verify!({ ...account, secrets }, { body: Buffer.from('{}'), headers })
    expect(verify({})).toBe(false)
    expect(verify({ 'x-telegram-bot-api-secret-token': 'test-webhook-secret-2' })).toBe(false)
    expect(verify({ 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET })).toBe(true)
    expect(verify({ 'x-telegram-bot-api-secret-token': '' }, { token: 't' })).toBe(false)
    expect(verify({ 'x-telegram-bot-api-secret-token': '' }, { token: 't', webhookSecret: '' })).toBe(false)
  })

  test('repeats, one after the other and at once, change nothing', async () => {
    const intake = await run()
    await world.act('telegram', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(intake.texts()).toContain('раз'))
    const update = world.telegram.updates().at(-1)
    for (let times = 0; times < 3; times++) expect(await world.telegram.replay(update)).toEqual([200])
    await Promise.all([world.telegram.replay(update), world.telegram.replay(update)])
    expect(intake.texts().filter((text) => text === 'раз')).toHaveLength(1)
  })

  test('a malformed update is kept, an unknown one ignored, both answered 200', async () => {
    const intake = await run()
    expect(await world.telegram.replay({ update_id: 1, message: { text: 'broken' } })).toEqual([200])
    expect(await world.telegram.replay({ update_id: 2, chat_boost: {} })).toEqual([200])
    expect(intake.kept.unreadable).toHaveLength(1)
    expect(intake.kept.events).toMatchObject([{ kind: 'ignored' }])
  })

  test('while nothing can be stored Telegram repeats, and the order of the chat stands', async () => {
    const intake = await run()
    await start()
    door.instead.push(503, 503, 503)
    for (const text of ['раз', 'два', 'три']) await world.act('telegram', 'anna', { act: 'text', text })
    await vi.waitFor(() => expect(intake.texts()).toEqual(['раз', 'два', 'три']))
  })

  test('a burst of a hundred arrives whole, in the order of each chat', async () => {
    const intake = await run()
    await start()
    const texts = Array.from({ length: 100 }, (_, index) => `№ ${index}`)
    for (const text of texts) await world.act('telegram', 'anna', { act: 'text', text })
    await vi.waitFor(() => expect(intake.texts()).toEqual(texts))
  })

  test('a webhook that somebody took away or changed is set again', async () => {
    const intake = await run()
    await call('deleteWebhook')
    await vi.waitFor(async () => expect((await call('getWebhookInfo')).result.url).toContain(account.id))
    await call('setWebhook', { url: `${door.publicUrl}/elsewhere` })
    await vi.waitFor(async () => expect((await call('getWebhookInfo')).result.url).toContain(account.id))
    await start()
    await vi.waitFor(() => expect(intake.kept.events.length).toBeGreaterThan(0))
  })

  test('a webhook that fails is told as degraded', async () => {
    const intake = await run()
    door.instead.push(500)
    await start()
    const degraded = { state: 'degraded', reason: 'Wrong response from the webhook: 500' }
    await vi.waitFor(() => expect(intake.health).toContainEqual(degraded))
  })

  test.each([
    ['no secret', { webhookSecret: '' }, 'channel_settings_invalid'],
    ['another token', { token: '1:revoked' }, 'channel_token_revoked'],
  ])('with %s the door is down, and says why', async (_what, secrets, reason) => {
    account = { ...account, secrets: { ...account.secrets, ...secrets } }
    const intake = recordingIntake(adapter, account)
    stops.push(await adapter.run!(account, intake))
    await vi.waitFor(() => expect(intake.health.at(-1)).toEqual({ state: 'down', reason }))
  })
})

describe('receiving by polling', () => {
  beforeEach(() => begin('polling'))
  afterEach(end)

  test('takes the webhook away first, keeps the order, stops within a second', async () => {
    await call('setWebhook', { url: `${door.publicUrl}/old` })
    const intake = await run()
    expect((await call('getWebhookInfo')).result.url).toBe('')
    const texts = Array.from({ length: 100 }, (_, index) => `№ ${index}`)
    for (const text of texts) await world.act('telegram', 'anna', { act: 'text', text })
    await vi.waitFor(() => expect(intake.texts()).toEqual(texts))
    const began = performance.now()
    await stops.pop()!()
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  test('a restart in the middle of a batch, with the database away, loses and doubles nothing', async () => {
    const texts = Array.from({ length: 30 }, (_, index) => `№ ${index}`)
    for (const text of texts) await world.act('telegram', 'anna', { act: 'text', text })
    const kept = nothingKept()
    let stored = 0
    const failing = recordingIntake(adapter, account, kept, () => {
      stored += 1
      if (stored === 12 || stored === 13) throw new Error('the database is away')
    })
    const stop = await adapter.run!(account, failing)
    await vi.waitFor(() => expect(stored).toBeGreaterThan(11))
    await stop()
    // A process that was killed before it could move its cursor reads the batch again.
    kept.cursor = {}
    const intake = await run(recordingIntake(adapter, account, kept))
    await vi.waitFor(() => expect(intake.texts()).toEqual(texts))
  })

  test('goes on after the other side was away', async () => {
    const intake = await run()
    world.faults.plan({ service: 'telegram', method: 'getUpdates', kind: '500', times: 2 })
    world.faults.plan({ service: 'telegram', method: 'getUpdates', kind: 'drop', times: 2 })
    await world.act('telegram', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(world.faults.list()).toEqual([]), { timeout: 10_000 })
    await world.act('telegram', 'anna', { act: 'text', text: 'два' })
    await vi.waitFor(() => expect(intake.texts()).toEqual(['раз', 'два']))
    await vi.waitFor(() => expect(intake.health.at(-1)?.state).toBe('ok'))
  })
})

describe('sending', () => {
  beforeAll(() => begin('webhook', { telegram: { requestsPerSecond: 1_000 } }))
  beforeEach(async () => {
    world.faults.clear()
    await world.act('telegram', 'anna', { act: 'unblock' })
    await start()
  })
  afterAll(end)

  test('words arrive, and the message has its name in the chat', async () => {
    const result = await send({ text: 'Баланс: 300 ₽ 👍' })
    expect(result).toEqual({ outcome: 'sent', messageId: `${ANNA}:${shown().at(-1)!.id}` })
    expect(shown().at(-1)!.text).toBe('Баланс: 300 ₽ 👍')
  })

  test.each([
    ['image/jpeg', 'photo'],
    ['application/pdf', 'document'],
    ['audio/ogg', 'voice'],
    ['video/mp4', 'video'],
    ['image/svg+xml', 'document'],
  ])('%s goes as %s, its words as caption', async (type, kind) => {
    expect(await send({ text: 'вот', files: [anOutgoingFile(type, jpeg, 'Счёт "май".bin')] })).toMatchObject({
      outcome: 'sent',
    })
    expect(shown().at(-1)).toMatchObject({ text: 'вот', items: [{ kind, size: jpeg.length }] })
  })

  test('several pictures are an album; other kinds follow; buttons come with the words', async () => {
    const files = [
      anOutgoingFile('image/jpeg', jpeg, '1.jpg'),
      anOutgoingFile('image/png', jpeg, '2.png'),
      anOutgoingFile('application/pdf', jpeg, '3.pdf'),
    ]
    const before = shown().length
    expect(await send({ text: 'слова', files, buttons: [{ title: 'Да', payload: 'y' }] })).toMatchObject({
      outcome: 'sent',
    })
    const sent = shown().slice(before)
    expect(sent.map((one) => one.items[0]?.kind ?? one.text)).toEqual(['photo', 'photo', 'document', 'слова'])
    expect(sent[0]!.albumId).toBe(sent[1]!.albumId)
    expect(sent[3]!.buttons).toMatchObject([[{ text: 'Да' }]])
  })

  test('half a character goes out mended', async () => {
    await send({ text: 'а\ud800б' })
    expect(shown().at(-1)!.text).toBe('а\ufffdб')
  })

  test.each([
    [4096, 'sent'],
    [4097, 'failed'],
  ])('a text of %i UTF-16 units is %s', async (length, outcome) => {
    expect(await send({ text: '👍'.repeat(length / 2) + (length % 2 ? 'а' : '') })).toMatchObject({ outcome })
  })

  test('500 is tried again soon; then it arrives', async () => {
    world.faults.plan({ service: 'telegram', method: 'sendMessage', kind: '500' })
    expect(await send()).toMatchObject({ outcome: 'retry', reason: 'Internal Server Error' })
    expect(await send()).toMatchObject({ outcome: 'sent' })
  })

  test('429 gives the whole bot a rest, as long as Telegram says', async () => {
    world.faults.plan({ service: 'telegram', method: 'sendMessage', kind: '429', retryAfterS: 1 })
    expect(await send()).toEqual({ outcome: 'retry', afterMs: 1_000, reason: 'rate_limited' })
    const before = shown().length
    const resting = { outcome: 'retry', afterMs: expect.any(Number), reason: 'rate_limited' }
    expect(await send()).toEqual(resting)
    expect(shown()).toHaveLength(before)
    const other = { ...account, id: '0197f3a0-0000-7000-a000-000000000002' }
    expect(await adapter.send!(other, anOutgoingMessage(ANNA))).toMatchObject({ outcome: 'sent' })
    await rested()
  })

  test.each(['timeout-after-accept', 'drop-after-accept', '502-after-accept', 'drop'] as const)(
    '%s may have arrived: unknown',
    async (kind) => {
      world.faults.plan({ service: 'telegram', method: 'sendMessage', kind })
      expect(await send()).toMatchObject({ outcome: 'unknown' })
    },
  )

  test('nobody there: nothing has left, so it is tried again', async () => {
    const nowhere = {
      ...account,
      settings: { ...account.settings, apiBase: `${world.url.replace(/\d+$/, '1')}` },
    }
    const trusting = createOutgoing({ allowPrivate: ['http://127.0.0.1:1'] })
    const own = createTelegramAdapter({
      outgoing: trusting,
      clock: systemClock,
      log: silentLog,
      publicUrl: door.publicUrl,
    })
    expect(await own.send!(nowhere, anOutgoingMessage(ANNA))).toMatchObject({
      outcome: 'retry',
      reason: 'ECONNREFUSED',
    })
    await trusting.close()
  })

  test('who blocked the bot, or never opened it, is unreachable', async () => {
    await world.act('telegram', 'anna', { act: 'block' })
    expect(await send()).toEqual({
      outcome: 'failed',
      unreachable: true,
      reason: 'Forbidden: bot was blocked by the user',
    })
    expect(await adapter.send!(account, anOutgoingMessage('70105'))).toMatchObject({ unreachable: true })
  })

  test('an empty file fails with the words of Telegram', async () => {
    const files = [anOutgoingFile('application/pdf', Buffer.alloc(0))]
    expect(await send({ files })).toMatchObject({
      outcome: 'failed',
      reason: 'Bad Request: file must be non-empty',
    })
  })

  test('a part that may have failed after another arrived leaves the message unknown', async () => {
    const files = [anOutgoingFile('audio/ogg', jpeg), anOutgoingFile('application/pdf', jpeg)]
    world.faults.plan({ service: 'telegram', method: 'sendDocument', kind: 'drop-after-accept' })
    expect(await send({ files })).toEqual({ outcome: 'unknown', reason: 'partly_sent' })
    world.faults.plan({ service: 'telegram', method: 'sendDocument', kind: '500' })
    expect(await send({ files })).toMatchObject({ outcome: 'sent' })
  })

  test('a revoked token fails the message and takes the door down at once', async () => {
    const intake = await run()
    const revoked = { ...account, secrets: { ...account.secrets, token: '1:revoked' } }
    expect(await adapter.send!(revoked, anOutgoingMessage(ANNA))).toEqual({
      outcome: 'failed',
      reason: 'channel_token_revoked',
    })
    expect(intake.health).toContainEqual({ state: 'down', reason: 'channel_token_revoked' })
    expect(await adapter.check!(revoked)).toEqual({ ok: false, reason: 'channel_token_revoked' })
    expect(await adapter.check!(account)).toEqual({ ok: true })
  })

  test('an address in an inner network is told as that: nothing here is broken', async () => {
    account = { ...account, settings: { ...account.settings, apiBase: 'http://10.0.0.1/api' } }
    const reason = 'private_address'
    expect(await adapter.check!(account)).toEqual({ ok: false, reason })
    const intake = recordingIntake(adapter, account)
    stops.push(await adapter.run!(account, intake))
    await vi.waitFor(() => expect(intake.health.at(-1)).toEqual({ state: 'degraded', reason }))
  })

  test('an account that is not set up sends nothing', async () => {
    const bare = { ...account, secrets: {} }
    expect(await adapter.send!(bare, anOutgoingMessage(ANNA))).toMatchObject({
      reason: 'channel_settings_invalid',
    })
    expect(await adapter.check!(bare)).toMatchObject({ ok: false })
  })

  test('a start link carries tokens that Telegram takes', () => {
    expect(adapter.startLink!(account, 'a_1-b')).toBe('https://t.me/otklik_demo_bot?start=a_1-b')
    expect(adapter.startLink!(account, 'а')).toBeNull()
    expect(adapter.startLink!(account, 'a'.repeat(65))).toBeNull()
    expect(adapter.startLink!({ ...account, settings: {} }, 'a')).toBeNull()
  })
})
