import { expect, test } from 'vitest'
import { nextCharges } from './next-charges.ts'

const title = { ru: 'Услуга', en: 'Service' }
const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()
const charge = (day: number, hour: number, kopecks: number) => ({
  at: at(day, hour),
  code: `at-${hour}`,
  title,
  kopecks,
  for: 'content' as const,
})

test('all charges of the next day are told as one sum', () => {
  const today = [charge(27, 1, 150), charge(27, 23, 700)]
  expect(nextCharges([...today, charge(28, 1, 150)])).toEqual({ at: at(27, 1), kopecks: 850, charges: today })
})
test('where nothing comes, nothing is told', () => expect(nextCharges([])).toBeUndefined())
