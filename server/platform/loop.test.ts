import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually } from '../../test/factories/eventually.ts'
import { startLoop } from './loop.ts'

/** A loop over a queue in memory, with how much each piece of work took. */
function aLoop(restMs: number) {
  const queue: string[] = []
  const taken: string[][] = []
  const loop = startLoop({
    work: async () => {
      await pause(1)
      const some = queue.splice(0)
      if (some.length > 0) taken.push(some)
      return some.length
    },
    pollMs: 1_000_000,
    restMs,
    onError: (error) => {
      throw error
    },
  })
  const add = (item: string) => {
    queue.push(item)
    loop.wake()
  }
  return { loop, add, taken }
}

test('a rest lets what comes meanwhile be done together, and nothing is left behind', async () => {
  const { loop, add, taken } = aLoop(100)
  add('first')
  await eventually(async () => taken.length === 1)
  for (const item of ['second', 'third', 'fourth']) {
    add(item)
    await pause(5)
  }
  await eventually(async () => taken.length === 2)
  expect(taken).toEqual([['first'], ['second', 'third', 'fourth']])
  await loop.stop()
})

test('whoever stops it does not wait for its rest', async () => {
  const { loop, add, taken } = aLoop(60_000)
  add('one')
  await eventually(async () => taken.length === 1)
  const since = performance.now()
  await loop.stop()
  expect(performance.now() - since).toBeLessThan(5_000)
})
