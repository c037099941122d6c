import { afterEach, describe, expect, test, vi } from 'vitest'
import { aReceiver, type Receiver } from '../core/receiver.test-support.ts'
import { demoTokens, startWorld, type World } from '../index.ts'

describe('webhook of the Telegram stand-in', () => {
  let world: World
  let receiver: Receiver
  const call = async (method: string, body: object): Promise<ReturnType<typeof JSON.parse>> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }
    return (await fetch(`${world.url}/telegram/bot${demoTokens.telegram}/${method}`, init)).json()
  }
  const begin = async (timeScale: number, more: object = {}): Promise<void> => {
    world = await startWorld({ timeScale })
    receiver = await aReceiver()
    expect(await call('setWebhook', { url: receiver.url, secret_token: 'secret-1', ...more })).toEqual({
      ok: true,
      result: true,
    })
  }
  const texts = (): unknown[] => receiver.got.map((one) => one.body.message?.text)
  afterEach(async () => {
    await world.close()
    await receiver.close()
  })

  test('carries the secret and keeps the order of a chat through failures; another chat goes on', async () => {
    await begin(0.3)
    await world.act('telegram', 'anna', { act: 'start' })
    await world.act('telegram', 'pyotr', { act: 'start' })
    await vi.waitFor(() => expect(receiver.got).toHaveLength(2))
    receiver.answers.push(500)
    await world.act('telegram', 'anna', { act: 'text', text: 'а1' })
    await vi.waitFor(() => expect(receiver.got).toHaveLength(3))
    await world.act('telegram', 'anna', { act: 'text', text: 'а2' })
    await world.act('telegram', 'pyotr', { act: 'text', text: 'п1' })
    await vi.waitFor(() => expect(receiver.got).toHaveLength(6))
    expect(texts().slice(2)).toEqual(['а1', 'п1', 'а1', 'а2'])
    expect(receiver.got[0]?.headers['x-telegram-bot-api-secret-token']).toBe('secret-1')
    expect((await call('getWebhookInfo', {})).result).toMatchObject({
      pending_update_count: 0,
      last_error_message: 'Wrong response from the webhook: 500',
    })
  })

  test('waits as long as Retry-After says', async () => {
    await begin(0.01)
    receiver.answers.push({ status: 503, retryAfterS: 20 })
    await world.act('telegram', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(texts()).toEqual(['/start', '/start', 'раз']))
    const [first, again] = world.telegram.deliveries
    expect(again!.at - first!.at).toBeGreaterThanOrEqual(190)
  })

  test('23 hours of 410 drop the webhook; the updates wait for a poll', async () => {
    await begin(0.00001, { allowed_updates: ['message'] })
    receiver.answers.push(...Array.from({ length: 5000 }, () => 410))
    await world.act('telegram', 'anna', { act: 'start' })
    await vi.waitFor(async () => expect((await call('getWebhookInfo', {})).result.url).toBe(''), {
      timeout: 5000,
    })
    expect((await call('getUpdates', {})).result).toHaveLength(1)
  })
})
