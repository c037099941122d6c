import fc from 'fast-check'
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { articleKeyOf, articlePath, piecesOf, renderMarkup } from './index.ts'

const OPTIONS = { titleLevel: 1, toArticle: (key: string) => ({ href: articlePath(key) }) } as const

/** As a browser would be given it. */
const html = (source: string) =>
  renderToStaticMarkup(
    renderMarkup<ReactElement>(
      source,
      (tag, props, ...children) => createElement(tag, props, ...children),
      OPTIONS,
    ),
  )

interface Drawn {
  readonly tag: string
  readonly props: Readonly<Record<string, unknown>>
  readonly children: readonly (Drawn | string)[]
}
/** Everything that was drawn, flat. */
function drawn(source: string): Drawn[] {
  const all: Drawn[] = []
  renderMarkup<Drawn>(
    source,
    (tag, props, ...children) => {
      const one = { tag, props: props ?? {}, children }
      all.push(one)
      return one
    },
    OPTIONS,
  )
  return all
}

describe('an article on a screen', () => {
  test('has headings below its title, lists, code and links, each in its element', () => {
    expect(html('## Шаги\n3. Наберите `*#06#`\n4. **Ждите**\n\n[Ещё](article:esim) · [112](tel:112)')).toBe(
      '<div class="markup"><h2>Шаги</h2><ol start="3"><li>Наберите <code>*#06#</code></li><li><strong>Ждите</strong></li></ol>' +
        '<p><a href="/my/help/esim">Ещё</a> · <a href="tel:112">112</a></p></div>',
    )
    expect(html('[сайт](https://volna.example)')).toContain('target="_blank" rel="noopener noreferrer"')
  })

  test.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '`<b onclick=alert(1)>`',
    '```\n</code><script>alert(1)</script>\n```',
    '[<img src=x onerror=alert(1)>](https://a.example)',
    '**<svg/onload=alert(1)>**',
    '## <iframe srcdoc="<script>alert(1)</script>">',
  ])('shows a tag as it is written: %s', (source) => {
    expect(html(source)).not.toMatch(/<(?:img|script|svg|iframe|b )/)
    expect(html(source)).toContain('&lt;')
  })

  test.each([
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](https://a.example" onmouseover="alert(1))',
    '[x](article:"><script>)',
  ])('makes neither a link nor a handler of %s', (source) => {
    expect(html(source)).not.toMatch(/<a|<script/)
  })

  test('has nothing but known elements with known properties, whatever is written', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '[a](https://a.example/" onclick="x)',
        '[a](javascript:x)',
        '<i>',
        '**',
        '`',
        '\n',
        '- ',
        '1. ',
        '## ',
        '```',
        '[',
        '](',
        ')',
      ),
    )
    const tags = new Set(['div', 'h2', 'h3', 'p', 'ul', 'ol', 'li', 'pre', 'code', 'strong', 'a'])
    const names = new Set(['className', 'start', 'href', 'target', 'rel'])
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        for (const { tag, props } of drawn(pieces.join(''))) {
          expect(tags).toContain(tag)
          for (const name of Object.keys(props)) expect(names).toContain(name)
          if ('href' in props) expect(props.href).toMatch(/^(?:https?:|tel:|mailto:|\/my\/help\/)/)
        }
      }),
    )
  })
})

describe('a found text', () => {
  test('is shown in pieces that are the whole text again', () => {
    const text = 'Обещанный платёж'
    expect(piecesOf({ text, hits: [{ from: 10, to: 16 }] })).toEqual([
      { at: 0, text: 'Обещанный ', hit: false },
      { at: 10, text: 'платёж', hit: true },
    ])
    const hit = fc
      .tuple(fc.nat(20), fc.nat(20))
      .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
    fc.assert(
      fc.property(fc.string({ minLength: 21, maxLength: 30 }), fc.array(hit), (words, hits) => {
        const joined = piecesOf({ text: words, hits: hits.sort((a, b) => a.from - b.from) }).map(
          (one) => one.text,
        )
        expect(joined.join('')).toBe(words)
      }),
    )
  })
})

describe('the address of an article', () => {
  const ORIGIN = 'https://care.example'
  test('is known again on our own origin, and only there', () => {
    expect(articleKeyOf(ORIGIN + articlePath('lost-sim'), ORIGIN)).toBe('lost-sim')
    for (const other of [
      'https://evil.example/my/help/lost-sim',
      `${ORIGIN}/my/help/`,
      `${ORIGIN}/my/help/../x`,
      `${ORIGIN}/desk/`,
      'x',
    ])
      expect(articleKeyOf(other, ORIGIN)).toBeUndefined()
  })
})
