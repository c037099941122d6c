import { expect, test } from 'vitest'
import { daysOf } from './days-of.ts'

const local = (day: number, hour: number) => ({ at: new Date(2027, 0, day, hour).toISOString() })

test('a list is parted by the days of the device, in its order', () => {
  const [a, b, c, d] = [local(3, 0), local(2, 23), local(2, 1), local(1, 12)]
  expect(daysOf([a, b, c, d])).toEqual([[a], [b, c], [d]])
  expect(daysOf([])).toEqual([])
})
