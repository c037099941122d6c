import { describe, expect, test } from 'vitest'
import type { Line } from '../../../contracts/lines.ts'
import { endsAt, feeNear, lackingFor } from './cover.ts'

const charge = (day: string, kopecks: number): Line['coming'][number] => ({
  at: `2027-03-${day}T09:00:00Z`,
  kopecks,
  for: 'tariff',
  code: 'a-tariff',
  title: { ru: 'Тариф', en: 'Tariff' },
})

describe('what a top-up covers', () => {
  const line = { balanceKopecks: 10_000, coming: [charge('05', 5_000), charge('20', 40_000)] }

  test('lasts until the first charge that it does not pay', () => {
    expect(endsAt(line, 0)).toBe('2027-03-20T09:00:00Z')
    expect(endsAt({ ...line, balanceKopecks: 0 }, 1_000)).toBe('2027-03-05T09:00:00Z')
    expect(endsAt(line, 34_999)).toBe('2027-03-20T09:00:00Z')
    expect(endsAt(line, 35_000)).toBeNull()
  })

  test('for all of them takes what is lacking, in tens of roubles', () => {
    expect(lackingFor(line)).toBe(35_000)
    expect(lackingFor({ ...line, balanceKopecks: 9_999 })).toBe(36_000)
    expect(lackingFor({ ...line, balanceKopecks: 90_000 })).toBe(0)
  })
})

describe('a fee that is near and not covered', () => {
  const before = { ...charge('04', 3_000), for: 'option' as const, code: 'an-option' }
  const line = { balanceKopecks: 10_000, coming: [before, charge('05', 50_000), charge('20', 900)] }

  test('is told from a day before, with what is missing for it and for what comes first', () => {
    expect(feeNear(line, new Date('2027-03-04T08:59:59Z'))).toBeNull()
    expect(feeNear(line, new Date('2027-03-04T09:00:00Z'))).toEqual({
      at: '2027-03-05T09:00:00Z',
      kopecks: 50_000,
      missingKopecks: 43_000,
    })
  })

  test('is nothing where the balance holds it, or where no fee comes', () => {
    const now = new Date('2027-03-05T08:00:00Z')
    expect(feeNear({ ...line, balanceKopecks: 53_000 }, now)).toBeNull()
    expect(feeNear({ ...line, coming: [before] }, now)).toBeNull()
  })
})
