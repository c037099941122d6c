import { expect, test } from 'vitest'
import { writtenDay, writtenMoment, writtenMoney } from './written.ts'

const at = new Date('2026-11-26T19:44:00Z')
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const inBoth = (write: (locale: 'ru' | 'en') => string) => [plain(write('ru')), plain(write('en'))]

test('money, days and moments of messages are written as screens write them', () => {
  expect(inBoth((locale) => writtenMoney(16_000, locale))).toEqual(['160 ₽', '₽160'])
  expect(inBoth((locale) => writtenMoney(150, locale))).toEqual(['1,50 ₽', '₽1.50'])
  expect(inBoth((locale) => writtenDay(at, locale, 'Europe/Moscow'))).toEqual([
    '26 ноября 2026 г.',
    '26 November 2026',
  ])
  expect(inBoth((locale) => writtenMoment(at, locale, 'Europe/Moscow'))).toEqual([
    '26 ноября 2026 г. в 22:44 (Москва)',
    '26 November 2026 at 22:44 (Moscow Time)',
  ])
})
