import { describe, expect, test, vi } from 'vitest'
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
})
