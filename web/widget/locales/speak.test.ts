import { describe, expect, test } from 'vitest'
import { texts as en } from './en.ts'
import { bend, fill } from './index.ts'
import { texts as ru } from './ru.ts'

/** All `{places}` of a text or of all forms of a plural. */
const places = (value: unknown): string =>
  [...new Set(JSON.stringify(value).match(/\{\w+\}/g) ?? [])].sort().join()

describe('the widget’s words', () => {
  test.each([
    [1, '1 непрочитанное сообщение'],
    [3, '3 непрочитанных сообщения'],
    [5, '5 непрочитанных сообщений'],
    [11, '11 непрочитанных сообщений'],
    [21, '21 непрочитанное сообщение'],
  ])('bend with %i in Russian', (n, expected) => {
    expect(bend(ru, ru.openUnread, n)).toBe(`Открыть чат, ${expected}`)
  })

  test('have the same places and the same refusals in both languages', () => {
    const entries: [string, unknown][] = Object.entries(ru)
    const english: Record<string, unknown> = { ...en }
    for (const [key, value] of entries) expect([key, places(english[key])]).toEqual([key, places(value)])
    expect(Object.keys(en.refusals)).toEqual(Object.keys(ru.refusals))
  })

  test('leave an unknown place as it is', () => {
    expect(fill('{name} и {other}', { name: 'Аня' })).toBe('Аня и {other}')
  })
})
