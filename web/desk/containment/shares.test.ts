import { expect, test } from 'vitest'
import { lastDays, sayShare } from './shares.ts'

test('a share of nothing is not nought per cent', () => {
  expect(sayShare({ part: 0, of: 0 }, 'ru')).toBe('—')
  expect(sayShare({ part: 0, of: 3 }, 'en')).toBe('0%')
  expect(sayShare({ part: 2, of: 3 }, 'en')).toBe('67%')
})

test('the last days end today, by the operator’s calendar', () => {
  expect(lastDays(7, Date.parse('2026-11-26T22:00:00Z'))).toEqual({ from: '2026-11-21', to: '2026-11-27' })
  expect(lastDays(1, Date.parse('2026-11-26T12:00:00Z'))).toEqual({ from: '2026-11-26', to: '2026-11-26' })
})
