import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'

test('the wait doubles, is at least half of itself and never above 15 s', () => {
  expect([0, 1, 2].map((attempt) => backoff(attempt, () => 1))).toEqual([400, 800, 1600])
  expect(backoff(1, () => 0)).toBe(400)
  expect(backoff(40, () => 1)).toBe(15_000)
})
