import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anOtklik, type TestOtklik } from '../factories/otklik.ts'

let otklik: TestOtklik

beforeAll(async () => {
  otklik = await anOtklik()
})
afterAll(() => otklik.end())

test('a house in which nothing happens tells no screen to look again', async () => {
  await otklik.drain()
  const heard: string[] = []
  const stop = otklik.timeline.context.bus.subscribe((notice) => heard.push(notice.type))
  // Longer than every look that the loops take by themselves.
  await pause(2_500)
  stop()
  expect(heard).toEqual([])
})
