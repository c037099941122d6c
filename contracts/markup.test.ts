import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, brokenLinksOf, type Inline, plainOfMarkup, readMarkup } from './markup.ts'

const plain = (source: string) => plainOfMarkup(readMarkup(source))

/** Every link of a text, wherever it stands. */
function linksOf(source: string): Extract<Inline, { kind: 'link' | 'article' }>[] {
  const inlinesOf = (block: Block): readonly Inline[] =>
    block.kind === 'code' ? [] : block.kind === 'list' ? block.items.flat() : block.content
  const deep = (pieces: readonly Inline[]): Inline[] =>
    pieces.flatMap((piece) => (piece.kind === 'strong' ? deep(piece.children) : [piece]))
  return deep(readMarkup(source).flatMap(inlinesOf)).filter(
    (piece) => piece.kind === 'link' || piece.kind === 'article',
  )
}

describe('the language of articles', () => {
  test('has headings, paragraphs, two sorts of lists, and code', () => {
    const source = [
      '# Первый',
      '### Мельче ###',
      'Одна строка,',
      'другая строка.',
      '',
      '3. третье',
      '   и дальше',
      '',
      '4. четвёртое',
      '- точка',
      '* ещё одна',
      '```',
      '## не заголовок <b>',
      '```',
    ].join('\n')
    expect(readMarkup(source)).toEqual([
      { kind: 'heading', level: 2, content: [{ kind: 'text', text: 'Первый' }] },
      { kind: 'heading', level: 3, content: [{ kind: 'text', text: 'Мельче' }] },
      { kind: 'paragraph', content: [{ kind: 'text', text: 'Одна строка, другая строка.' }] },
      {
        kind: 'list',
        ordered: true,
        start: 3,
        items: [[{ kind: 'text', text: 'третье и дальше' }], [{ kind: 'text', text: 'четвёртое' }]],
      },
      {
        kind: 'list',
        ordered: false,
        start: 1,
        items: [[{ kind: 'text', text: 'точка' }], [{ kind: 'text', text: 'ещё одна' }]],
      },
      { kind: 'code', text: '## не заголовок <b>' },
    ])
  })

  test('has bold words, code and links within a line; a command with stars stays whole in code', () => {
    expect(readMarkup('Наберите `**21*7#`, **сразу**, [112](tel:112) и [eSIM](article:esim)')).toEqual([
      {
        kind: 'paragraph',
        content: [
          { kind: 'text', text: 'Наберите ' },
          { kind: 'code', text: '**21*7#' },
          { kind: 'text', text: ', ' },
          { kind: 'strong', children: [{ kind: 'text', text: 'сразу' }] },
          { kind: 'text', text: ', ' },
          { kind: 'link', href: 'tel:112', text: '112' },
          { kind: 'text', text: ' и ' },
          { kind: 'article', key: 'esim', text: 'eSIM' },
        ],
      },
    ])
    expect(plain(String.raw`\*\*не жирно\*\* и 2 * 2`)).toBe('**не жирно** и 2 * 2')
  })

  test('says an article in plain words, and links as it is told', () => {
    const blocks = readMarkup('## Шаги\n1. [Сюда](https://a.example/x)\n2. **Туда**\n\n- и `сюда`')
    expect(plainOfMarkup(blocks)).toBe('Шаги\n1. Сюда\n2. Туда\n• и сюда')
    expect(plainOfMarkup(blocks, (link) => (link.kind === 'link' ? link.href : ''))).toContain(
      '1. https://a.example/x',
    )
  })
})

const HOSTILE = [
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](vbscript:msgbox)',
  '[x](file:///etc/passwd)',
  '[x](//evil.example)',
  '[x](blob:https://a.example/1)',
  '[x](article:../../etc)',
  '**[x](javascript:alert(1))**',
]

describe('an address that is not https, http, tel, mailto or an article', () => {
  test.each(HOSTILE)('makes no link: %s', (source) => {
    expect(linksOf(source)).toEqual([])
    expect(brokenLinksOf(source)).toHaveLength(1)
  })

  test('is told to the author, but not when it stands in code', () => {
    expect(brokenLinksOf('[a](javascript:x) [b](https://b.example) `[c](data:c)`')).toEqual(['javascript:x'])
    expect(brokenLinksOf('[два слова](https://a b)')).toEqual(['https://a b'])
  })

  test('never becomes one, whatever stands around it', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        ...HOSTILE,
        '[',
        '](',
        ')',
        '**',
        '`',
        '\\',
        '<img src=x onerror=alert(1)>',
        '\n',
        '- ',
        '1. ',
        '```',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const link of linksOf(pieces.join(''))) {
          if (link.kind === 'link') expect(link.href).toMatch(/^(?:https?:\/\/|tel:|mailto:)/)
          else expect(link.key).toMatch(/^[a-z0-9][a-z0-9-]+$/)
        }
      }),
    )
  })
})

describe('any text', () => {
  test('keeps its letters: nothing is swallowed but signs', () => {
    const letters = (text: string) => text.replace(/[^\p{L}]/gu, '')
    const word = fc.string({ unit: fc.constantFrom(...'абвxyz*`[]()\\# -\n'), maxLength: 40 })
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const source = words.join(' ')
        // An address is not shown, and neither is what a fence is called.
        fc.pre(!/\]\(/.test(source) && !source.includes('```'))
        expect(letters(plain(source))).toBe(letters(source))
      }),
    )
  })

  test.each(['[', '**', '**a', '[a](', '`', '\\', '- ', '#'])(
    'of twenty thousand «%s» is read at once',
    (sign) => {
      const source = sign.repeat(20_000 / sign.length)
      expect(plain(source).length).toBeLessThanOrEqual(source.length + 2)
    },
  )
})
