import { expect, test } from 'vitest'
import { nextCharge } from './next-charge.ts'

const title = { ru: 'Услуга', en: 'Service' }
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()
const charge = (day: number, hour: number, kopecks: number) => ({
  at: at(day, hour),
  code: `at-${hour}`,
  title,
  kopecks,
})

test('all charges of the next day are told as one sum', () => {
  expect(nextCharge([charge(27, 1, 150), charge(27, 23, 700), charge(28, 1, 150)])).toEqual({
    at: at(27, 1),
    kopecks: 850,
  })
})
test('where nothing comes, nothing is told', () => expect(nextCharge([])).toBeUndefined())
