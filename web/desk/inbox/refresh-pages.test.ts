import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConversationSummary } from '../../../contracts/conversations.ts'
import { type InboxData, type InboxPageData, pagesInSight, withPage } from './refresh-pages.ts'

const SIZE = 3
const row = (id: string) => ({ id }) as ConversationSummary

/** The server's list: a page after a row, as keyset paging gives it. */
function pageOf(list: readonly string[], after: string): InboxPageData {
  const rest = list.filter((id) => id > after)
  return {
    items: rest.slice(0, SIZE).map(row),
    next: rest.length > SIZE ? (rest[SIZE - 1] ?? null) : null,
  }
}
function loaded(list: readonly string[], count: number): InboxData {
  const data: { pages: InboxPageData[]; pageParams: string[] } = { pages: [], pageParams: [] }
  for (let after: string | null = ''; after !== null && data.pages.length < count; ) {
    const page: InboxPageData = pageOf(list, after)
    data.pages.push(page)
    data.pageParams.push(after)
    after = page.next
  }
  return data
}
const idsOf = ({ pages }: InboxData) => pages.flatMap((page) => page.items.map((one) => one.id))

/** Reads the pages from `index` on again, as a reader does who scrolls down after a notice. */
function scrollFrom(data: InboxData, index: number, list: readonly string[]): InboxData {
  let now = data
  for (let at = index; at < now.pages.length; at++)
    now = withPage(now, at, pageOf(list, now.pageParams[at] ?? '')).data
  return now
}

const lists = fc
  .uniqueArray(fc.integer({ min: 100, max: 140 }).map(String), { maxLength: 25 })
  .map((ids) => ids.sort())

describe('reading a page of the list again', () => {
  test('leaves neither a gap nor a double to whoever scrolls on from it', () => {
    fc.assert(
      fc.property(lists, lists, fc.nat(5), (before, after, index) => {
        const data = loaded(before, 10)
        fc.pre(index < data.pages.length)
        const fresh = scrollFrom(data, index, after)
        const seen = fresh.pages.slice(index).flatMap((page) => page.items.map((one) => one.id))
        const start = data.pageParams[index] ?? ''
        expect(seen).toEqual(after.filter((id) => id > start).slice(0, seen.length))
      }),
    )
  })

  test('tells that the next page begins elsewhere now', () => {
    const data = loaded(['1', '2', '4', '5'], 2)
    const { data: fresh, nextMoved } = withPage(data, 0, pageOf(['1', '2', '3', '4', '5'], ''))
    expect(nextMoved).toBe(true)
    expect(fresh.pageParams).toEqual(['', '3'])
    expect(withPage(data, 0, pageOf(['1', '2', '4', '5'], '')).nextMoved).toBe(false)
  })

  test('forgets what stood after an end that is now the end of all', () => {
    const data = loaded(['1', '2', '3', '4', '5'], 2)
    const { data: shorter } = withPage(data, 0, pageOf(['1', '2'], ''))
    expect(idsOf(shorter)).toEqual(['1', '2'])
  })
})

describe('the pages in sight', () => {
  test('are those whose rows are seen, or the first', () => {
    const data = loaded(['1', '2', '3', '4', '5', '6', '7'], 3)
    expect(pagesInSight(data, new Set(['3', '4']))).toEqual([0, 1])
    expect(pagesInSight(data, new Set(['7']))).toEqual([2])
    expect(pagesInSight(data, new Set())).toEqual([0])
  })
})
