import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { anAccount, silentLog, WEBHOOK_SECRET } from '../../../test/conformance/doorstep.ts'
import { anOutgoingMessage } from '../../../test/conformance/outgoing-message.ts'
import { type RecordingIntake, recordingIntake } from '../../../test/conformance/recording-intake.ts'
import { openWebhookDoor, type WebhookDoor } from '../../../test/conformance/webhook-door.ts'
import { demoTokens, startWorld, type World } from '../../../world/index.ts'
import type { ChannelAccountRow, ChannelAdapter } from '../../care/timeline/index.ts'
import { systemClock } from '../../platform/clock.ts'
import { createOutgoing, type Outgoing } from '../../platform/outgoing/index.ts'
import { createSmsAdapter, type SmsDeps, sendCodeBySms } from './index.ts'

const ANNA = '79000000101'

let world: World
let door: WebhookDoor
let outgoing: Outgoing
let deps: SmsDeps
let adapter: ChannelAdapter
let account: ChannelAccountRow
let intake: RecordingIntake
let stop: () => Promise<void>

beforeEach(async () => {
  world = await startWorld({ timeScale: 0.01 })
  door = await openWebhookDoor()
  outgoing = createOutgoing({ allowPrivate: [world.url] })
  const timing = { watchMs: 50, callMs: 500, backoffMs: 20 }
  deps = { outgoing, clock: systemClock, log: silentLog, publicUrl: door.publicUrl, timing }
  adapter = createSmsAdapter(deps)
  const settings = { apiBase: `${world.url}/sms`, sender: 'Otklik' }
  account = anAccount('sms', settings, { token: demoTokens.sms, webhookSecret: WEBHOOK_SECRET })
  intake = recordingIntake(adapter, account)
  door.lead(adapter, account, intake)
  stop = await adapter.run!(account, intake)
  await vi.waitFor(() => expect(intake.health.at(-1)).toEqual({ state: 'ok', reason: null }))
})
afterEach(async () => {
  await stop()
  await world.close()
  await outgoing.close()
  await door.close()
})

const send = (more: Parameters<typeof anOutgoingMessage>[1] = {}) =>
  adapter.send!(account, anOutgoingMessage(ANNA, more))
const messageIdOf = (result: Awaited<ReturnType<typeof send>>) =>
  result.outcome === 'sent' ? result.messageId : undefined

describe('receiving by SMS', () => {
  test('what a person writes arrives, named for ever', async () => {
    await world.act('sms', 'anna', { act: 'text', text: 'СТОП' })
    await vi.waitFor(() => expect(intake.texts()).toEqual(['СТОП']))
    const [event] = intake.kept.events
    expect(event).toMatchObject({ from: { externalId: ANNA, address: ANNA, channel: 'sms' } })
    for (let times = 0; times < 3; times++)
      expect(await world.sms.replay(world.sms.events()[0])).toEqual([200])
    await Promise.all([world.sms.replay(world.sms.events()[0]), world.sms.replay(world.sms.events()[0])])
    expect(intake.kept.events).toHaveLength(1)
  })

  test('an event of a centre that gives no ids is named by its content', async () => {
    const event = { type: 'message', from: ANNA, to: '0611', text: 'да', at: '2026-11-24T10:00:00.000Z' }
    const key = async (one: object) => {
      const read = await adapter.parse(account, Buffer.from(JSON.stringify(one)))
      return read.map((event) => 'key' in event && event.key)
    }
    expect(await key(event)).toEqual(await key({ ...event }))
    expect(await key(event)).not.toEqual(await key({ ...event, at: '2026-11-24T10:00:01.000Z' }))
  })

  test('an unsigned or wrongly signed event is refused; so is every one while we have no secret', () => {
    const body = Buffer.from('{"type":"message"}')
    const sign = (secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
    const verify = (signature: string | undefined, secrets = account.secrets) =>
      adapter.verify!(
        { ...account, secrets },
        { body, headers: { 'x-sms-signature': signature } as Record<string, string> },
      )
    expect(verify(sign(WEBHOOK_SECRET))).toBe(true)
    expect(verify(sign('another-secret-of-16'))).toBe(false)
    expect(verify(undefined)).toBe(false)
    expect(verify(sign(''), { token: 't' })).toBe(false)
    expect(
      adapter.verify!(account, {
        body: Buffer.from('{}'),
        headers: { 'x-sms-signature': sign(WEBHOOK_SECRET) },
      }),
    ).toBe(false)
  })

  test('what is malformed throws, what is unknown is ignored', () => {
    for (const text of ['', '{', '{}', '{"type":"message"}', '{"type":"receipt","id":""}'])
      expect(() => adapter.parse(account, Buffer.from(text))).toThrow()
    expect(adapter.parse(account, Buffer.from('{"type":"price"}'))).toMatchObject([{ kind: 'ignored' }])
  })

  test('a burst of a hundred arrives whole, in its order', async () => {
    const texts = Array.from({ length: 100 }, (_, index) => `N ${index}`)
    for (const text of texts) await world.act('sms', 'anna', { act: 'text', text })
    await vi.waitFor(() => expect(intake.texts()).toEqual(texts))
  })
})

describe('sending by SMS', () => {
  test('a message arrives and its receipt comes', async () => {
    const messageId = messageIdOf(await send({ text: 'Ваш пакет продлён\u0000 👍\ud800' }))
    expect(world.sms.sentTo(ANNA)[0]?.text).toBe('Ваш пакет продлён 👍\ufffd')
    await vi.waitFor(() =>
      expect(intake.kept.events).toMatchObject([{ kind: 'receipt', state: 'delivered', messageId }]),
    )
  })

  test('attempts that may have arrived are repeated, and nothing arrives twice', async () => {
    const message = anOutgoingMessage(ANNA)
    for (const kind of ['timeout-after-accept', 'drop-after-accept', 'drop', '500'] as const) {
      world.faults.plan({ service: 'sms', method: 'POST /messages', kind })
      expect(await adapter.send!(account, message)).toMatchObject({ outcome: 'retry' })
    }
    world.faults.plan({ service: 'sms', method: 'POST /messages', kind: '429', retryAfterS: 1 })
    expect(await adapter.send!(account, message)).toMatchObject({ outcome: 'retry', afterMs: 1_000 })
    expect(await send({ text: 'и другим тоже' })).toMatchObject({ outcome: 'retry', reason: 'rate_limited' })
    await vi.waitFor(
      async () => expect(await adapter.send!(account, message)).toMatchObject({ outcome: 'sent' }),
      { timeout: 5_000 },
    )
    expect(world.sms.sentTo(ANNA)).toHaveLength(1)
  })

  test('a message that came to nothing is really sent again when a person retries it', async () => {
    await world.act('sms', 'anna', { act: 'block' })
    const message = anOutgoingMessage(ANNA)
    const first = await adapter.send!(account, message)
    const failed = { kind: 'receipt', state: 'failed', reason: 'undelivered', messageId: messageIdOf(first) }
    await vi.waitFor(() => expect(intake.kept.events).toMatchObject([failed]))
    await world.act('sms', 'anna', { act: 'unblock' })
    const second = await adapter.send!(account, message)
    expect(messageIdOf(second)).not.toBe(messageIdOf(first))
    await vi.waitFor(() =>
      expect(intake.kept.events.at(-1)).toMatchObject({ state: 'delivered', messageId: messageIdOf(second) }),
    )
    expect(messageIdOf(await adapter.send!(account, message))).toBe(messageIdOf(second))
  })

  test('a code is carried past the timeline: its receipt is nobody’s', async () => {
    const sms = { msisdn: ANNA, text: 'Код 4821', reference: '0197f3a0-0000-7000-8000-00000000c0de' }
    expect(await sendCodeBySms(deps, account, sms)).toMatchObject({ outcome: 'sent' })
    expect(await sendCodeBySms(deps, account, sms)).toMatchObject({ outcome: 'sent' })
    expect(world.sms.sentTo(ANNA)).toMatchObject([{ text: 'Код 4821' }])
    await vi.waitFor(() =>
      expect(intake.kept.events).toMatchObject([{ kind: 'ignored', why: 'receipt of a code' }]),
    )
  })

  test('what the centre refuses fails; a revoked token takes the door down at once', async () => {
    expect(await send({ text: '' })).toMatchObject({ outcome: 'failed' })
    expect(await send({ text: 'а'.repeat(1531) })).toMatchObject({ outcome: 'failed' })
    const revoked = { ...account, secrets: { ...account.secrets, token: 'revoked' } }
    expect(await adapter.send!(revoked, anOutgoingMessage(ANNA))).toMatchObject({
      reason: 'channel_token_revoked',
    })
    expect(intake.health).toContainEqual({ state: 'down', reason: 'channel_token_revoked' })
    expect(await adapter.check!(revoked)).toEqual({ ok: false, reason: 'channel_token_revoked' })
    expect(await adapter.check!(account)).toEqual({ ok: true })
    expect(await adapter.send!({ ...account, secrets: {} }, anOutgoingMessage(ANNA))).toMatchObject({
      reason: 'channel_settings_invalid',
    })
  })

  test('an address in an inner network is told as that: nothing here is broken', async () => {
    account = { ...account, settings: { ...account.settings, apiBase: 'http://10.0.0.1/api' } }
    const reason = 'private_address'
    expect(await adapter.check!(account)).toEqual({ ok: false, reason })
    await stop()
    stop = await adapter.run!(account, intake)
    await vi.waitFor(() => expect(intake.health.at(-1)).toEqual({ state: 'degraded', reason }))
  })
})

describe('the address for events', () => {
  test('is told again when the centre forgot it', async () => {
    await fetch(`${world.url}/sms/callback`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${demoTokens.sms}` },
    })
    await vi.waitFor(async () => {
      await world.act('sms', 'anna', { act: 'text', text: 'есть кто?' })
      expect(intake.texts()).toContain('есть кто?')
    })
  })
})
