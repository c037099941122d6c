import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aReceiver, type Receiver } from '../core/receiver.test-support.ts'
import { demoTokens, seededPeople, startWorld, type World } from '../index.ts'
import { usageOf } from './records.ts'

const NOON = Date.UTC(2026, 10, 25, 12)
let world: World
let receiver: Receiver
beforeEach(async () => {
  world = await startWorld({ timeScale: 0.001, now: () => NOON })
  receiver = await aReceiver()
})
afterEach(async () => {
  await world.close()
  await receiver.close()
})

const tell = (token: string = demoTokens.network) =>
  fetch(`${world.url}/network/destination`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ url: receiver.url, token: 'a-token-of-the-billing' }),
  })

test('the network reports the last days, then goes on; a batch that was not taken comes again under the same names', async () => {
  receiver.answers.push(503)
  expect((await tell()).status).toBe(200)
  await vi.waitFor(() => expect(receiver.got.length).toBeGreaterThan(3))
  const names = receiver.got.map(({ body }) => body.records.map(({ name }: { name: string }) => name))
  expect(names[1]).toEqual(names[0])
  expect(receiver.got[0]?.headers.authorization).toBe('Bearer a-token-of-the-billing')
  expect(names[0].length).toBeGreaterThan(100)
  expect(new Set(names[0]).size).toBe(names[0].length)
})

test('nobody without the token says where', async () => {
  expect((await tell('another')).status).toBe(401)
})

test('what a person used in an hour is the same whenever it is asked', () => {
  const [anna, ...others] = seededPeople
  const hour = { from: NOON, ms: 3_600_000 }
  expect(usageOf(anna!, others, hour)).toEqual(usageOf(anna!, others, hour))
})
