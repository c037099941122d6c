import { expect, test } from 'vitest'
import { chipsFor } from './use-top-up-form.ts'

const nothingLacks = { balanceKopecks: 100_000, coming: [] }

test('what is lacking comes first, and no sum that is not taken', () => {
  const terms = { least: 5_000, most: 60_000 }
  expect(chipsFor(nothingLacks, 38_000, terms)).toEqual([38_000, 10_000, 30_000, 50_000])
  expect(chipsFor(nothingLacks, 500, terms)).toEqual([5_000, 10_000, 30_000, 50_000])
  expect(chipsFor(nothingLacks, 90_000, terms)).toEqual([10_000, 30_000, 50_000])
})
