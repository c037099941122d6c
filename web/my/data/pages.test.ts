import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Page, withNext, withTail } from './pages.ts'

const page = (ids: string, next: string | null): Page<{ id: string }> => ({
  items: [...ids].map((id) => ({ id })),
  next,
})

describe('a list that grows by a page', () => {
  test('has the next page below it, and knows the one after that', () => {
    expect(withNext(page('ab', 'b'), 'b', page('cd', 'd'))).toEqual(page('abcd', 'd'))
    expect(withNext(page('abcd', 'd'), 'd', page('e', null))).toEqual(page('abcde', null))
  })

  test('has a page that came twice, or too late, once', () => {
    const grown = withNext(page('ab', 'b'), 'b', page('cd', 'd'))
    expect(withNext(grown, 'b', page('cd', 'd'))).toBe(grown)
    expect(withNext(page('xy', 'y'), 'b', page('cd', 'd'))).toEqual(page('xy', 'y'))
  })

  test('keeps what was fetched when its beginning is read anew', () => {
    expect(withTail(page('zab', 'b'), page('abcd', 'd'))).toEqual(page('zabcd', 'd'))
    expect(withTail(page('abc', 'c'), page('abc', 'c'))).toEqual(page('abc', 'c'))
    expect(withTail(page('ab', 'b'), undefined)).toEqual(page('ab', 'b'))
  })

  test('begins anew where so much came that nothing follows on', () => {
    expect(withTail(page('xyz', 'z'), page('abcd', 'd'))).toEqual(page('xyz', 'z'))
    expect(withTail(page('', null), page('abcd', 'd'))).toEqual(page('', null))
  })

  test('is what the server has, in whatever order pages and news come', () => {
    const steps = fc.array(fc.constantFrom('news', 'more', 'again'), { maxLength: 40 })
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (what, size) => {
        const stored = Array.from({ length: 9 }, (_, n) => ({ id: String(n) }))
        const read = (after?: string): Page<{ id: string }> => {
          const from = after === undefined ? 0 : stored.findIndex(({ id }) => id === after) + 1
          const items = stored.slice(from, from + size)
          return { items, next: from + size < stored.length ? (items.at(-1)?.id ?? null) : null }
        }
        let list = read()
        for (const step of what) {
          if (step === 'news') stored.unshift({ id: `news ${stored.length}` })
          if (step === 'again') list = withTail(read(), list)
          if (step === 'more' && list.next !== null) list = withNext(list, list.next, read(list.next))
        }
        list = withTail(read(), list)
        expect(list.items).toEqual(stored.slice(0, list.items.length))
        expect(list.next === null).toBe(list.items.length === stored.length)
      }),
    )
  })
})
