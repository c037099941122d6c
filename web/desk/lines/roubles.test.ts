import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kopecksOf, roublesOf } from './roubles.ts'

describe('an amount as it is typed', () => {
  test.each([
    ['150', 15_000],
    ['99,50', 9_950],
    ['99.5', 9_950],
    ['1 200 ₽', 120_000],
    ['0.07', 7],
  ])('%s is %d kopecks', (typed, kopecks) => expect(kopecksOf(typed)).toBe(kopecks))
  test.each(['', '0', '-5', '1,234', '1e3', 'сто', '1.2.3', '99999999999'])('%s is none', (typed) =>
    expect(kopecksOf(typed)).toBeUndefined(),
  )
  test('comes back as it went into the field', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999_999_999 }), (kopecks) => {
        expect(kopecksOf(roublesOf(kopecks))).toBe(kopecks)
      }),
    )
  })
})
