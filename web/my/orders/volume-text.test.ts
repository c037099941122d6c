import { expect, test } from 'vitest'
import { en } from '../locales/en.ts'
import { ru } from '../locales/ru.ts'
import { volumeText } from './volume-text.ts'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test.each([
  ['data', 5 * 1024 ** 3, '5 ГБ интернета', '5 GB of data'],
  ['voice', 30_000, '500 минут', '500 minutes'],
  ['voice', 60, '1 минута', '1 minute'],
  ['voice', 90_000, '1 500 минут', '1,500 minutes'],
  ['voice', 90, '1 мин 30 с', '1 min 30 s'],
  ['sms', 50, '50 SMS', '50 SMS'],
  ['data', null, 'безлимитный интернет', 'unlimited data'],
] as const)('%s: %s is said as people do', (type, amount, russian, english) => {
  expect(plain(volumeText(ru, type, amount, 'ru'))).toBe(russian)
  expect(plain(volumeText(en, type, amount, 'en'))).toBe(english)
})
