import { afterEach, describe, expect, test, vi } from 'vitest'
import { aReceiver, type Receiver } from '../core/receiver.test-support.ts'
import { demoTokens, startWorld, type World } from '../index.ts'

describe('webhook of the MAX stand-in', () => {
  let world: World
  let receiver: Receiver
  const begin = async (timeScale: number, webhookAnswerMs = 30_000): Promise<void> => {
    world = await startWorld({ timeScale, webhookAnswerMs })
    receiver = await aReceiver()
    const body = JSON.stringify({ url: receiver.url, secret: 'secret-1', update_types: ['message_created'] })
    const headers = { authorization: demoTokens.max, 'content-type': 'application/json' }
    await fetch(`${world.url}/max/subscriptions`, { method: 'POST', headers, body })
  }
  const texts = (): unknown[] => receiver.got.map((one) => one.body.message.body.text)
  afterEach(async () => {
    await world.close()
    await receiver.close()
  })

  test('carries the secret, only what was asked for, and one chat in its order', async () => {
    await begin(0.001)
    await world.act('max', 'anna', { act: 'start' })
    for (const text of ['1', '2', '3', '4', '5']) await world.act('max', 'anna', { act: 'text', text })
    await vi.waitFor(() => expect(receiver.got).toHaveLength(5))
    expect(texts()).toEqual(['1', '2', '3', '4', '5'])
    expect(receiver.got[0]?.headers['x-max-bot-api-secret']).toBe('secret-1')
  })

  test('a refused update comes again after 60 and 150 seconds, and holds up nobody', async () => {
    await begin(0.005)
    receiver.answers.push(500, 503)
    await world.act('max', 'anna', { act: 'text', text: 'первое' })
    await vi.waitFor(() => expect(receiver.got).toHaveLength(1))
    await world.act('max', 'pyotr', { act: 'text', text: 'второе' })
    await vi.waitFor(() => expect(receiver.got).toHaveLength(4))
    expect(texts()).toEqual(['первое', 'второе', 'первое', 'второе'])
    const [first, , again] = world.max.deliveries
    expect(again!.at - first!.at).toBeGreaterThanOrEqual(290)
  })

  test('an answer that does not come in time is a failure', async () => {
    await begin(0.001, 300)
    receiver.answers.push('silence')
    await world.act('max', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(world.max.deliveries.map((one) => one.status)).toEqual([0, 200]))
  })

  test('after 8 hours of failure the bot is unsubscribed, and polling works again', async () => {
    await begin(0.00001)
    receiver.answers.push(...Array.from({ length: 50 }, () => 500 as const))
    await world.act('max', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(world.max.isSubscribed(receiver.url)).toBe(false))
    const headers = { authorization: demoTokens.max }
    const polled = await fetch(`${world.url}/max/updates?timeout=0`, { headers })
    expect(polled.status).toBe(200)
  })

  test('a success in between pardons', async () => {
    await begin(0.00001)
    receiver.answers.push(500)
    await world.act('max', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(world.max.deliveries.map((one) => one.status)).toEqual([500, 200]))
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(world.max.isSubscribed(receiver.url)).toBe(true)
  })

  test('an update can be sent once more for tests of doubles', async () => {
    await begin(0.001)
    await world.act('max', 'anna', { act: 'text', text: 'раз' })
    await vi.waitFor(() => expect(receiver.got).toHaveLength(1))
    const update = world.max.updates().at(-1)
    expect((await Promise.all([world.max.replay(update), world.max.replay(update)])).flat()).toEqual([
      200, 200,
    ])
    expect(texts()).toEqual(['раз', 'раз', 'раз'])
  })
})
