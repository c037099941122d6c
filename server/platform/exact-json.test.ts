import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseExactJson } from './exact-json.ts'

describe('reading JSON with every digit', () => {
  test('long integers come as strings, wherever they stand', () => {
    expect(parseExactJson('{"id":9223372036854775807,"list":[-9007199254740993,1],"n":2}')).toEqual({
      id: '9223372036854775807',
      list: ['-9007199254740993', 1],
      n: 2,
    })
  })

  test('digits inside texts stay as they were written', () => {
    const text = 'card: 4111111111111111, "quoted \\" 9007199254740993", [12345678901234567890'
    expect(parseExactJson(JSON.stringify({ text, id: 1 }))).toEqual({ text, id: 1 })
  })

  test('fractions and exponents stay numbers', () => {
    expect(parseExactJson('[1234567890123456.5, 1234567890123456e2]')).toEqual([
      1234567890123456.5, 1234567890123456e2,
    ])
  })

  test('a text of ten million characters with a long integer beside it is read', () => {
    const text = 'я'.repeat(10_000_000)
    expect(parseExactJson(`{"text":${JSON.stringify(text)},"id":12345678901234567890}`)).toEqual({
      text,
      id: '12345678901234567890',
    })
  })

  test('what holds no long integer is what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const short = JSON.parse(
          JSON.stringify(value, (_, one: unknown) => (typeof one === 'number' ? 7 : one)),
        )
        expect(parseExactJson(JSON.stringify(short))).toEqual(short)
      }),
    )
  })
})
