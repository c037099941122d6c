import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitLinks } from './index.ts'

const hrefs = (text: string) => splitLinks(text).flatMap(({ href }) => href ?? [])

describe('finding web addresses in a message', () => {
  test('keeps every character of the text', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('https://', 'www.', 'http://a.b/(c)', ' ', ').', 'javascript:', '«', '»'),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  test('makes nothing clickable but http and https', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('javascript:', 'data:', 'vbscript:', 'file:///', 'www.', 'https://'),
        (text, scheme) => {
          for (const href of hrefs(`${text} ${scheme}${text}`)) expect(href).toMatch(/^https?:\/\//)
        },
      ),
    )
  })

  test.each([
    ['Смотрите https://volna.example/tariffs.', ['https://volna.example/tariffs']],
    ['(www.volna.example)', ['https://www.volna.example/']],
    [
      'https://ru.example/wiki/SIM_(карта), да',
      ['https://ru.example/wiki/SIM_(%D0%BA%D0%B0%D1%80%D1%82%D0%B0)'],
    ],
    ['«https://a.example/x»', ['https://a.example/x']],
    ['без ссылок', []],
  ])('in «%s»', (text, expected) => {
    expect(hrefs(text)).toEqual(expected)
  })
})
