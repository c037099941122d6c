import { expect, test } from 'vitest'
import { comingByThing } from './coming.ts'

const charge = (code: string, day: number, kopecks: number) => ({
  code,
  at: new Date(2026, 10, day, 9).toISOString(),
  title: { ru: code, en: code },
  kopecks,
  for: 'content' as const,
})

test('what is charged every day is told once, and leaves room for what is charged once a month', () => {
  const coming = [
    charge('daily', 1, 700),
    charge('daily', 2, 700),
    charge('fee', 2, 45_000),
    charge('daily', 3, 700),
  ]
  expect(comingByThing(coming).map(({ code, kopecks, daily }) => [code, kopecks, daily])).toEqual([
    ['daily', 700, true],
    ['fee', 45_000, false],
  ])
})
test('what comes twice in a month is not called daily', () =>
  expect(comingByThing([charge('fee', 1, 45_000), charge('fee', 31, 45_000)])).toMatchObject([
    { daily: false },
  ]))
