import { describe, expect, test, vi } from 'vitest'
import { manualClock } from './clock.ts'
import { createPace } from './pace.ts'
import { startRepeating } from './repeat.ts'

const retry = { baseMs: 5, maxMs: 20 }

describe('work that is repeated', () => {
  test('goes on after a failure, which is told with its number in a row', async () => {
    const told: number[] = []
    let runs = 0
    const stop = startRepeating({
      work: async () => {
        runs += 1
        if (runs % 3 !== 0) throw new Error('away')
      },
      pauseMs: 1,
      retry,
      onFailure: async (_error, failures) => {
        told.push(failures)
        return undefined
      },
    })
    await vi.waitFor(() => expect(told.slice(0, 4)).toEqual([1, 2, 1, 2]))
    await stop()
  })

  test('waits at least as long as the other side asked', async () => {
    const at: number[] = []
    const stop = startRepeating({
      work: async () => {
        at.push(performance.now())
        throw new Error('away')
      },
      pauseMs: 1,
      retry,
      onFailure: async () => 80,
    })
    await vi.waitFor(() => expect(at.length).toBeGreaterThan(1))
    await stop()
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(79)
  })

  test('that says it goes well is not told of failures before, though it never ends by itself', async () => {
    const told: number[] = []
    const stop = startRepeating({
      work: async (_signal, well) => {
        if (told.length >= 3) well()
        throw new Error('away')
      },
      pauseMs: 1,
      retry,
      onFailure: async (_error, failures) => {
        told.push(failures)
        return undefined
      },
    })
    await vi.waitFor(() => expect(told.slice(0, 5)).toEqual([1, 2, 3, 1, 1]))
    await stop()
  })

  test('stops in the middle of a rest and of work that heeds its signal', async () => {
    const resting = startRepeating({
      work: async () => undefined,
      pauseMs: 60_000,
      retry,
      onFailure: async () => undefined,
    })
    const working = startRepeating({
      work: (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      pauseMs: 1,
      retry,
      onFailure: async () => undefined,
    })
    await Promise.all([resting(), working()])
  })
})

describe('keeping to a rate', () => {
  test('lets a burst through at once and the rest one after the other', async () => {
    const pace = createPace(20)
    const began = performance.now()
    await Promise.all(Array.from({ length: 30 }, () => pace.take()))
    expect(performance.now() - began).toBeGreaterThanOrEqual(450)
  })

  test('rests for all when the other side asks, also for those who wait already', async () => {
    const clock = manualClock('2026-11-24T09:00:00Z')
    const pace = createPace(10, clock)
    for (let n = 0; n < 10; n++) expect(await pace.take()).toEqual({ go: true })
    const waiting = pace.take()
    pace.rest(7_000)
    pace.rest(2_000)
    expect(await waiting).toEqual({ go: false, afterMs: 7_000 })
    clock.advance(6_000)
    expect(await pace.take()).toEqual({ go: false, afterMs: 1_000 })
    clock.advance(1_000)
    expect(await pace.take()).toEqual({ go: true })
  })

  test('gives no turn when the time of who waits is up', async () => {
    const pace = createPace(1)
    await pace.take()
    expect(await pace.take(AbortSignal.timeout(5))).toEqual({ go: false, afterMs: 0 })
  })
})
