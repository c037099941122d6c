import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createIdMaker } from './identifiers.ts'

describe('ids of messages', () => {
  test('are UUID v7 and grow with every message, also when the clock stands or steps back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 46 }), { minLength: 1 }), (clock) => {
        let i = 0
        const newId = createIdMaker(() => clock[i++] ?? 0)
        const ids = clock.map(() => newId())
        expect(ids).toEqual([...ids].sort())
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true)
      }),
    )
  })

  test('stay in order when more are made in a millisecond than the counter holds', () => {
    const newId = createIdMaker(() => 1_700_000_000_000)
    const ids = Array.from({ length: 10_000 }, () => newId())
    expect(ids).toEqual([...ids].sort())
  })

  test('stay above a message that an earlier page view left behind', () => {
    const earlier = createIdMaker(() => 2_000_000_000_000)()
    const later = createIdMaker(() => 1_000_000_000_000)(earlier)
    expect(later > earlier).toBe(true)
  })
})
