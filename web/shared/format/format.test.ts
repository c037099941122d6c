import { describe, expect, test } from 'vitest'
import {
  decimalMark,
  deviceName,
  formatBytes,
  formatCount,
  formatDay,
  formatDuration,
  formatLeft,
  formatMoment,
  formatMoney,
  formatPair,
  formatPhone,
  formatShare,
  formatSince,
  formatVolume,
  smsSegments,
  textLength,
} from './index.ts'

const plain = (text: string) => text.replace(/\u00a0/g, ' ').replace(/\u2011/g, '-')
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString()
const NOW = new Date(2026, 10, 24, 15).getTime()

test('a fraction is typed as it is written', () => {
  expect([decimalMark('ru'), decimalMark('en')]).toEqual([',', '.'])
  expect(formatMoney(1250, 'en')).toContain(`12${decimalMark('en')}50`)
  expect(formatMoney(1250, 'ru')).toContain(`12${decimalMark('ru')}50`)
})

describe('phones', () => {
  test.each([
    ['79001234567', '+7 900 123-45-67'],
    ['+79001234567', '+7 900 123-45-67'],
    ['8 (900) 123-45-67', '+7 900 123-45-67'],
    ['+7 900 ***-**-67', '+7 900 •••-••-67'],
  ])('%s is written %s', (given, shown) => expect(plain(formatPhone(given))).toBe(shown))
  test.each(['0611', 'anna@mail.ru', '@olga_79001234567', '+3 *** 67'])('%s stays as it came', (given) =>
    expect(formatPhone(given)).toBe(given),
  )
  test('breaks nowhere', () => expect(formatPhone('79001234567')).not.toMatch(/[ -]/))
})

describe('moments', () => {
  test.each([
    [at(24, 14, 5), 'сегодня в 14:05'],
    [at(23, 9), 'вчера в 09:00'],
    [at(12, 9), '12 ноября в 09:00'],
  ])('%s is said «%s»', (instant, words) => expect(plain(formatMoment(instant, 'ru', NOW))).toBe(words))
  test.each([
    [at(24, 14, 5), 'с сегодняшнего дня', 'since today'],
    [at(23, 9), 'со вчерашнего дня', 'since yesterday'],
    [at(12, 9), 'с 12 ноября', 'since 12 November'],
  ])('%s began «%s»', (instant, ru, en) => {
    expect(plain(formatSince(instant, 'ru', NOW))).toBe(ru)
    expect(plain(formatSince(instant, 'en', NOW))).toBe(en)
  })
  test('another year is named', () =>
    expect(plain(formatDay('2025-03-02T12:00:00.000Z', 'ru', NOW))).toBe('2 марта 2025'))
  test('in English too', () => expect(plain(formatMoment(at(24, 14, 5), 'en', NOW))).toBe('today at 14:05'))
})

describe('amounts', () => {
  test.each([
    [40_000, '40 с'],
    [5 * 60_000, '5 мин'],
    [130 * 60_000, '2 ч 10 мин'],
    [26 * 3_600_000, '1 дн'],
  ])('%d ms is %s', (ms, text) => expect(plain(formatDuration(ms, 'ru'))).toBe(text))
  test.each([
    [0, '0 Б'],
    [860_160, '840 КБ'],
    [1_258_291, '1,2 МБ'],
  ])('%d bytes are %s', (bytes, text) => expect(plain(formatBytes(bytes, 'ru'))).toBe(text))
  test.each([
    [25_000, 'ru', '250 ₽'],
    [1_250, 'ru', '12,50 ₽'],
    [-9_000, 'ru', '−90 ₽'],
    [123_456_700, 'ru', '1 234 567 ₽'],
    [25_000, 'en', '₽250'],
    [-1_205, 'en', '−₽12.05'],
  ] as const)('%d kopecks in %s are %s', (kopecks, locale, text) =>
    expect(plain(formatMoney(kopecks, locale))).toBe(text),
  )
  test.each([
    [0.776, 0, 'ru', '78 %'],
    [0.075, 1, 'ru', '7,5 %'],
    [0.075, 1, 'en', '7.5%'],
    [0, 0, 'en', '0%'],
  ] as const)('%d with %d digits in %s is %s', (share, digits, locale, text) =>
    expect(plain(formatShare(share, locale, digits))).toBe(text),
  )
  test.each([
    ['data', 5 * 1024 ** 3, '5 ГБ'],
    ['voice', 18_000, '300 мин'],
    ['voice', 90, '1 мин 30 с'],
    ['voice', 10, '10 с'],
    ['sms', 50, '50 SMS'],
  ] as const)('%s: %d is %s', (type, amount, text) =>
    expect(plain(formatVolume(type, amount, 'ru'))).toBe(text),
  )
  test.each([
    ['voice', 33_099, '551 мин'],
    ['voice', 599, '9 мин 59 с'],
    ['data', 5 * 1024 ** 3, '5 ГБ'],
  ] as const)('what is left, %s: %d, is %s', (type, amount, text) =>
    expect(plain(formatLeft(type, amount, 'ru'))).toBe(text),
  )
  test.each([
    ['sms', 195, 200, '195', '200 SMS'],
    ['voice', 60_000, 90_000, '1 000', '1 500 мин'],
    ['data', 840 * 1024 ** 2, 5 * 1024 ** 3, '840 МБ', '5 ГБ'],
    ['voice', 90, 600, '1 мин 30 с', '10 мин'],
  ] as const)('two of %s: %d and %d are %s and %s', (type, one, other, first, second) =>
    expect(formatPair(formatVolume(type, one, 'ru'), formatVolume(type, other, 'ru')).map(plain)).toEqual([
      first,
      second,
    ]),
  )
  test('counters stop at 999+', () => expect([formatCount(999), formatCount(1000)]).toEqual(['999', '999+']))
})

describe('length as a channel counts it', () => {
  test('a smile is one code point and two UTF-16 units', () =>
    expect([textLength('🙂', 'code-points'), textLength('🙂', 'utf16')]).toEqual([1, 2]))
  test.each([
    ['', 0],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['я'.repeat(70), 1],
    ['я'.repeat(71), 2],
    [`${'a'.repeat(159)}€`, 2],
  ])('SMS segments', (text, count) => expect(smsSegments(text)).toBe(count))
})

test('a device is named as people know it', () => {
  const yandex =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 YaBrowser/24.12.0.0 Safari/537.36'
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'
  expect(deviceName(yandex)).toBe('Yandex, Windows')
  expect(deviceName(phone)).toBe('Safari, iPhone')
  expect(deviceName('curl/8.5.0')).toBe('Web')
})
