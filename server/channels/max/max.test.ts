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
import { createMaxAdapter } from './index.ts'

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
  world = await startWorld({ timeScale: 0.1, max: { requestsPerSecond: 1_000 }, ...more })
  door = await openWebhookDoor()
  outgoing = createOutgoing({ allowPrivate: [world.url] })
  const timing = { watchMs: 50, pollMs: 1_000, callMs: 500, attemptMs: 5_000, notReadyMs: 10, backoffMs: 20 }
  adapter = createMaxAdapter({
    outgoing,
    clock: systemClock,
    log: silentLog,
    publicUrl: door.publicUrl,
    timing,
  })
  account = anAccount(
    'max',
    { apiBase: `${world.url}/max`, mode, botName: 'otklik_demo_bot' },
    { token: demoTokens.max, webhookSecret: WEBHOOK_SECRET },
  )
}

async function run(intake: RecordingIntake = recordingIntake(adapter, account)): Promise<RecordingIntake> {
  door.lead(adapter, account, intake)
  stops.push(await adapter.run!(account, intake))
  await vi.waitFor(() => expect(intake.health.at(-1)).toEqual({ state: 'ok', reason: null }))
  return intake
}

const webhookUrl = () => `${door.publicUrl}/channels/${account.id}/webhook`
const subscribe = (url: string) =>
  fetch(`${world.url}/max/subscriptions`, {
    method: 'POST',
    headers: { authorization: demoTokens.max, 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  })
const unsubscribe = (url: string) =>
  fetch(`${world.url}/max/subscriptions?${new URLSearchParams({ url })}`, {
    method: 'DELETE',
    headers: { authorization: demoTokens.max },
  })
const start = () => world.act('max', 'anna', { act: 'start' })
const send = (more: Parameters<typeof anOutgoingMessage>[1] = {}) =>
  adapter.send!(account, anOutgoingMessage(ANNA, more))
/** Until the rest is over that the bot was told to take. */
const rested = () =>
  vi.waitFor(async () => expect(await send()).toMatchObject({ outcome: 'sent' }), { timeout: 5_000 })
const shown = () => world.view('max', 'anna').messages.filter((one) => one.from === 'operator')

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
    await world.act('max', 'anna', { act: 'start', payload: 'link-token' })
    const [first = ''] = (await world.act('max', 'anna', { act: 'text', text: 'Привет' })).messageIds
    await world.act('max', 'anna', { act: 'text', text: 'и ещё', replyTo: first })
    await world.act('max', 'anna', { act: 'edit', messageId: first, text: 'Здравствуйте' })
    await world.act('max', 'anna', { act: 'delete', messageId: first })
    for (const whose of ['own', 'other', 'forged'] as const)
      await world.act('max', 'anna', { act: 'contact', whose })
    await world.act('max', 'anna', { act: 'location', latitude: 59.9, longitude: 30.3 })
    await world.act('max', 'anna', { act: 'block' })
    await world.act('max', 'anna', { act: 'unblock' })
    await vi.waitFor(() => expect(intake.kept.events).toHaveLength(11))
    expect(intake.kept.events).toMatchObject([
      { kind: 'reachability', startToken: 'link-token' },
      { kind: 'message', messageId: first, body: { text: 'Привет' } },
      { kind: 'message', replyTo: first },
      { kind: 'edit', messageId: first, text: 'Здравствуйте' },
      { kind: 'deletion', messageId: first },
      { sharedContact: { msisdn: '79000000101', proved: true } },
      { sharedContact: { msisdn: '79000000999', proved: false } },
      { sharedContact: { proved: false } },
      { body: { location: { latitude: 59.9, longitude: 30.3 } } },
      { kind: 'reachability', reachable: false },
      { kind: 'reachability', reachable: true },
    ])
  })

  test('files come with what fetches them; several pictures are one message', async () => {
    const intake = await run()
    for (const kind of ['voice', 'video', 'document'] as const)
      await world.act('max', 'anna', { act: 'media', kind, files: [aFile(`${kind}.bin`, 'application/pdf')] })
    const photos = [aFile('1.jpg', 'image/jpeg'), aFile('2.jpg', 'image/jpeg')]
    await world.act('max', 'anna', { act: 'media', kind: 'photo', files: photos, text: 'две' })
    await vi.waitFor(() => expect(intake.kept.events).toHaveLength(5))
    const files = intake.kept.events.flatMap((event) => (event.kind === 'message' ? (event.files ?? []) : []))
    expect(files).toHaveLength(5)
    for (const { remote } of files)
      expect((await adapter.fetchFile!(account, remote!, 1_000_000)).bytes).toEqual(jpeg)
    await expect(adapter.fetchFile!(account, files[0]!.remote!, 3)).rejects.toThrow('payload_too_large')
    await expect(adapter.fetchFile!(account, { url: 'http://127.0.0.1:1/x' }, 3)).rejects.toThrow(
      'private_address',
    )
  })

  test('a pressed button says its title, and is answered', async () => {
    const intake = await run()
    const answered = vi.spyOn(outgoing, 'request')
    await start()
    await send({ buttons: [{ title: 'Подключить', payload: 'connect' }] })
    await world.act('max', 'anna', { act: 'press', messageId: shown()[0]!.id, row: 0, column: 0 })
    await vi.waitFor(() => expect(intake.texts()).toEqual(['Подключить']))
    const answers = () =>
      answered.mock.calls.flatMap(([{ url }], index) => (String(url).includes('/answers') ? [index] : []))
    await vi.waitFor(() => expect(answers()).toHaveLength(1))
    expect((await answered.mock.results[answers()[0]!]!.value).status).toBe(200)
  })

  test('a webhook without our secret, or with another, is refused; so is every one while we have none', () => {
    const verify = (headers: Record<string, string>, secrets = account.secrets) =>
      adapter.verify!({ ...account, secrets }, { body: Buffer.from('{}'), headers })
    expect(verify({})).toBe(false)
    expect(verify({ 'x-max-bot-api-secret': 'test-webhook-secret-2' })).toBe(false)
    expect(verify({ 'x-max-bot-api-secret': WEBHOOK_SECRET })).toBe(true)
    expect(verify({ 'x-max-bot-api-secret': '' }, { token: 't' })).toBe(false)
  })

  test('repeats, one after the other and at once, change nothing', async () => {
    const intake = await run()
    await world.act('max', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(intake.texts()).toContain('раз'))
    for (const update of world.max.updates()) {
      for (let times = 0; times < 3; times++) expect(await world.max.replay(update)).toEqual([200])
      await Promise.all([world.max.replay(update), world.max.replay(update)])
    }
    expect(intake.kept.events).toHaveLength(2)
  })

  test('a malformed update is kept, an unknown one ignored, both answered 200', async () => {
    const intake = await run()
    expect(await world.max.replay({ update_type: 'message_created', timestamp: 1 })).toEqual([200])
    expect(await world.max.replay({ update_type: 'dialog_muted', timestamp: 1 })).toEqual([200])
    expect(intake.kept.unreadable).toHaveLength(1)
    expect(intake.kept.events).toMatchObject([{ kind: 'ignored' }])
  })

  test('a burst of a hundred arrives whole, in its order', async () => {
    const intake = await run()
    await start()
    const texts = Array.from({ length: 100 }, (_, index) => `№ ${index}`)
    for (const text of texts) await world.act('max', 'anna', { act: 'text', text })
    await vi.waitFor(() => expect(intake.texts()).toEqual(texts))
  })

  test('a subscription that was taken away is made again', async () => {
    const intake = await run()
    await unsubscribe(webhookUrl())
    await vi.waitFor(() => expect(world.max.isSubscribed(webhookUrl())).toBe(true))
    await start()
    await vi.waitFor(() => expect(intake.kept.events).toHaveLength(1))
  })

  test.each([
    ['an unusable secret', { webhookSecret: '' }, 'channel_settings_invalid'],
    ['another token', { token: 'revoked' }, 'channel_token_revoked'],
  ])('with %s the door is down, and says why', async (_what, secrets, reason) => {
    account = { ...account, secrets: { ...account.secrets, ...secrets } }
    const intake = recordingIntake(adapter, account)
    stops.push(await adapter.run!(account, intake))
    await vi.waitFor(() => expect(intake.health.at(-1)).toEqual({ state: 'down', reason }))
  })
})

describe('eight hours of failures', () => {
  afterEach(end)

  test('end the subscription; it is made again, and what follows arrives', async () => {
    await begin('webhook', { timeScale: 0.00001 })
    const intake = await run()
    door.instead.push(...Array.from({ length: 40 }, () => 500))
    await start()
    await vi.waitFor(() => expect(door.answered.length).toBeGreaterThanOrEqual(2))
    await vi.waitFor(async () => {
      await world.act('max', 'anna', { act: 'text', text: 'есть кто?' })
      expect(intake.texts()).toContain('есть кто?')
    }, 10_000)
    expect(world.max.isSubscribed(webhookUrl())).toBe(true)
  })
})

describe('receiving by polling', () => {
  beforeEach(() => begin('polling'))
  afterEach(end)

  test('takes the subscriptions away first, keeps the order, stops within a second', async () => {
    await subscribe(`${door.publicUrl}/old`)
    const intake = await run()
    // Without a marker MAX gives the last update only: the first poll has to have been.
    await start()
    await vi.waitFor(() => expect(intake.kept.cursor).toHaveProperty('marker'))
    expect(world.max.isSubscribed(`${door.publicUrl}/old`)).toBe(false)
    const texts = Array.from({ length: 100 }, (_, index) => `№ ${index}`)
    for (const text of texts) await world.act('max', 'anna', { act: 'text', text })
    await vi.waitFor(() => expect(intake.texts()).toEqual(texts))
    const began = performance.now()
    await stops.pop()!()
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  test('a restart in the middle of a batch, with the database away, loses and doubles nothing', async () => {
    const kept = nothingKept()
    let stored = 0
    const failing = recordingIntake(adapter, account, kept, () => {
      stored += 1
      if (stored === 12) throw new Error('the database is away')
    })
    // Without a marker MAX gives the last update only: the first poll has to have been.
    await start()
    const stopFirst = await adapter.run!(account, failing)
    await vi.waitFor(() => expect(kept.cursor).toHaveProperty('marker'))
    await stopFirst()
    const texts = Array.from({ length: 30 }, (_, index) => `№ ${index}`)
    for (const text of texts) await world.act('max', 'anna', { act: 'text', text })
    const stop = await adapter.run!(account, failing)
    await vi.waitFor(() => expect(stored).toBeGreaterThan(11))
    await stop()
    const intake = await run(recordingIntake(adapter, account, kept))
    await vi.waitFor(() => expect(intake.texts()).toEqual(texts))
  })

  test('goes on after the other side was away', async () => {
    const intake = await run()
    world.faults.plan({ service: 'max', method: 'GET /updates', kind: '500', times: 2 })
    world.faults.plan({ service: 'max', method: 'GET /updates', kind: 'drop', times: 2 })
    await world.act('max', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(world.faults.list()).toEqual([]), { timeout: 10_000 })
    await world.act('max', 'anna', { act: 'text', text: 'два' })
    await vi.waitFor(() => expect(intake.texts()).toEqual(['раз', 'два']))
    await vi.waitFor(() => expect(intake.health.at(-1)?.state).toBe('ok'))
  })
})

describe('sending', () => {
  beforeAll(() => begin())
  beforeEach(async () => {
    world.faults.clear()
    await start()
  })
  afterAll(end)

  test('words arrive, and the message has its name', async () => {
    const result = await send({ text: 'Баланс: 300 ₽ 👍' })
    expect(result).toEqual({ outcome: 'sent', messageId: shown().at(-1)!.id })
    expect(shown().at(-1)!.text).toBe('Баланс: 300 ₽ 👍')
  })

  test.each([
    ['image/jpeg', 'photo'],
    ['application/pdf', 'document'],
    ['audio/ogg', 'voice'],
    ['video/mp4', 'video'],
    ['image/svg+xml', 'document'],
  ])('%s goes as %s once MAX is ready, with its words', async (type, kind) => {
    expect(await send({ text: 'вот', files: [anOutgoingFile(type, jpeg, 'Счёт.bin')] })).toMatchObject({
      outcome: 'sent',
    })
    expect(shown().at(-1)).toMatchObject({ text: 'вот', items: [{ kind, size: jpeg.length }] })
  })

  test('pictures travel together, other files follow one by one; buttons come with the words', async () => {
    const types = ['image/jpeg', 'image/png', 'application/pdf', 'text/plain', 'image/jpeg']
    const files = types.map((type, index) => anOutgoingFile(type, jpeg, `${index}`))
    const before = shown().length
    expect(await send({ text: 'слова', files, buttons: [{ title: 'Да', payload: 'y' }] })).toMatchObject({
      outcome: 'sent',
    })
    const sent = shown().slice(before)
    expect(sent.map((one) => one.items.map((item) => item.kind))).toEqual([
      ['photo', 'photo'],
      ['document'],
      ['document'],
      ['photo'],
    ])
    expect(sent[0]).toMatchObject({ text: 'слова', buttons: [[{ text: 'Да' }]] })
  })

  test('half a character goes out mended', async () => {
    await send({ text: 'а\ud800б' })
    expect(shown().at(-1)!.text).toBe('а\ufffdб')
  })

  test.each([
    ['4000 letters', 'а'.repeat(4000), 'sent'],
    ['4000 UTF-16 units of emoji', '👍'.repeat(2000), 'sent'],
    ['4001 letters', 'а'.repeat(4001), 'failed'],
  ])('a text of %s is taken as documented', async (_what, text, outcome) => {
    expect(await send({ text })).toMatchObject({ outcome })
  })

  test('500 is tried again soon; then it arrives', async () => {
    world.faults.plan({ service: 'max', method: 'POST /messages', kind: '500' })
    expect(await send()).toMatchObject({ outcome: 'retry', reason: 'Internal server error' })
    expect(await send()).toMatchObject({ outcome: 'sent' })
  })

  test('429 gives the whole bot a rest, as long as MAX says', async () => {
    world.faults.plan({ service: 'max', method: 'POST /messages', kind: '429', retryAfterS: 1 })
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
      world.faults.plan({ service: 'max', method: 'POST /messages', kind })
      expect(await send()).toMatchObject({ outcome: 'unknown' })
    },
  )

  test('an upload that was cut has sent nothing: tried again', async () => {
    world.faults.plan({ service: 'max', method: 'POST /uploads', kind: 'drop-after-accept' })
    expect(await send({ files: [anOutgoingFile('image/jpeg', jpeg)] })).toMatchObject({ outcome: 'retry' })
  })

  test('nobody there: nothing has left, so it is tried again', async () => {
    const nowhere = { ...account, settings: { ...account.settings, apiBase: 'http://127.0.0.1:1' } }
    const trusting = createOutgoing({ allowPrivate: ['http://127.0.0.1:1'] })
    const own = createMaxAdapter({
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

  test('who stopped the bot, or never opened it, is unreachable', async () => {
    await world.act('max', 'anna', { act: 'block' })
    expect(await send()).toEqual({ outcome: 'failed', unreachable: true, reason: 'error.dialog.suspended' })
    expect(await adapter.send!(account, anOutgoingMessage('70105'))).toMatchObject({ unreachable: true })
  })

  test('an empty file is not sent', async () => {
    const files = [anOutgoingFile('application/pdf', Buffer.alloc(0))]
    expect(await send({ files })).toEqual({ outcome: 'failed', reason: 'attachment_not_allowed' })
  })

  test('a part that may have failed after another arrived leaves the message unknown', async () => {
    const parts = [anOutgoingFile('audio/ogg', jpeg), anOutgoingFile('application/pdf', jpeg)]
    const second = {
      ...parts[1]!,
      read: async () => {
        world.faults.plan({ service: 'max', method: 'POST /messages', kind: 'drop-after-accept' })
        return jpeg
      },
    }
    expect(await send({ files: [parts[0]!, second] })).toEqual({ outcome: 'unknown', reason: 'partly_sent' })
  })

  test('a revoked token fails the message and takes the door down at once', async () => {
    const intake = await run()
    const revoked = { ...account, secrets: { ...account.secrets, token: 'revoked' } }
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

  test('a start link leads to the bot', () => {
    expect(adapter.startLink!(account, 'a_1-b')).toBe('https://max.ru/otklik_demo_bot?start=a_1-b')
    expect(adapter.startLink!({ ...account, settings: {} }, 'a')).toBeNull()
  })
})

describe('a rate that MAX limits', () => {
  afterEach(end)

  test('is kept: thirty a second and a burst of thirty go through without a refusal', async () => {
    await begin('webhook', { max: { requestsPerSecond: 60 } })
    await start()
    const results = await Promise.all(Array.from({ length: 60 }, () => send()))
    expect(new Set(results.map((one) => one.outcome))).toEqual(new Set(['sent']))
  })
})
