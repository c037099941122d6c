import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBatcher } from './batcher.ts'

interface Item {
  readonly key: string
  readonly n: number
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a batcher', () => {
  test('sends what arrives while a batch is in flight as the next one', async () => {
    const batches: number[][] = []
    const open: (() => void)[] = []
    const batcher = createBatcher<number, number>(
      async (items) => {
        batches.push(items)
        await new Promise<void>((resolve) => open.push(resolve))
        return items.map((one) => one * 10)
      },
      { maxBatch: 3 },
    )
    const answers = [1, 2, 3, 4, 5].map((n) => batcher.add(n))
    await turn()
    expect(batches).toEqual([[1, 2, 3]])
    expect(batcher.pending).toBe(5)
    open.shift()?.()
    await Promise.all(answers.slice(0, 3))
    await turn()
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ])
    open.shift()?.()
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40, 50])
    expect(batcher.pending).toBe(0)
  })

  test('begins another batch beside the one in flight only once enough wait for it', async () => {
    const batches: number[][] = []
    const open: (() => void)[] = []
    const batcher = createBatcher<number, number>(
      async (items) => {
        batches.push(items)
        await new Promise<void>((resolve) => open.push(resolve))
        return items
      },
      { maxBatch: 10, abreast: 2, crowd: 3 },
    )
    const answers = [batcher.add(1)]
    await turn()
    answers.push(batcher.add(2), batcher.add(3))
    await turn()
    expect(batches).toEqual([[1]])
    answers.push(batcher.add(4))
    await turn()
    expect(batches).toEqual([[1], [2, 3, 4]])
    answers.push(batcher.add(5))
    for (const end of open.splice(0)) end()
    await turn()
    await turn()
    expect(batches.at(-1)).toEqual([5])
    for (const end of open.splice(0)) end()
    expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5])
  })

  test('tells each item of a failed batch why, and goes on', async () => {
    let fails = true
    const batcher = createBatcher<number, number>(
      async (items) => {
        if (fails) throw new Error('away')
        return items
      },
      { maxBatch: 10 },
    )
    await expect(Promise.all([batcher.add(1), batcher.add(2)])).rejects.toThrow('away')
    fails = false
    expect(await batcher.add(3)).toBe(3)
  })

  test('keeps the order of a key whatever batches are abreast, and never has one key in two of them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), waits: fc.nat(3), fails: fc.nat(9) }),
          {
            maxLength: 60,
          },
        ),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 6 }),
        async (plan, abreast, crowd) => {
          const stored: Item[] = []
          const inFlight = new Set<string>()
          let batches = 0
          let most = 0
          const batcher = createBatcher<Item, number>(
            async (items) => {
              batches += 1
              most = Math.max(most, batches)
              const keys = new Set(items.map(({ key }) => key))
              for (const key of keys) expect(inFlight.has(key)).toBe(false)
              for (const key of keys) inFlight.add(key)
              for (let n = (items[0]?.n ?? 0) % 4; n >= 0; n--) await turn()
              stored.push(...items)
              for (const key of keys) inFlight.delete(key)
              batches -= 1
              if (items.some(({ n }) => plan[n]?.fails === 0)) throw new Error('poison')
              return items.map(({ n }) => n)
            },
            { maxBatch: 5, abreast, crowd, keyOf: ({ key }) => key },
          )
          const answers: Promise<number>[] = []
          for (const [n, { key, waits }] of plan.entries()) {
            for (let turns = waits; turns > 0; turns--) await turn()
            answers.push(batcher.add({ key, n }))
            answers.at(-1)?.catch(() => undefined)
          }
          await Promise.allSettled(answers)
          expect(most).toBeLessThanOrEqual(abreast)
          expect(stored.map(({ n }) => n).sort((a, b) => a - b)).toEqual(plan.map((_, n) => n))
          for (const wanted of ['a', 'b', 'c', 'd']) {
            const order = stored.filter(({ key }) => key === wanted).map(({ n }) => n)
            expect(order).toEqual([...order].sort((a, b) => a - b))
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
