import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stepsOf } from './steps-of.ts'

const articleIn = (locale: 'ru' | 'en') =>
  readFileSync(`server/care/knowledge/first-articles/apn-settings.${locale}.markdown`, 'utf8')

test.each(['ru', 'en'] as const)(
  'finds the phones of the first article, each with its own steps (%s)',
  (locale) => {
    const found = stepsOf(articleIn(locale))
    expect(found.map(({ phone }) => phone)).toEqual(
      expect.arrayContaining(['iPhone', 'Samsung', 'Xiaomi, Redmi, POCO', 'Huawei, Honor']),
    )
    for (const { text } of found) {
      expect(text).not.toBe('')
      expect(text).not.toMatch(/^#/m)
    }
    expect(new Set(found.map(({ text }) => text)).size).toBe(found.length)
  },
)

test('finds none where a designer wrote none', () => {
  expect(stepsOf('# Настройки\n\nОдним абзацем.\n## По шагам\nОдин.')).toEqual([])
  expect(stepsOf('### Пусто\n### Samsung\n1. Раз')).toEqual([{ phone: 'Samsung', text: '1. Раз' }])
})
