import type { InfiniteData } from '@tanstack/react-query'
import type { ConversationSummary } from '../../../contracts/conversations.ts'

export interface InboxPageData {
  readonly items: readonly ConversationSummary[]
  readonly next: string | null
}
export type InboxData = InfiniteData<InboxPageData, string>

/** Which pages hold one of these rows; none in sight: the first, where one will look. */
export function pagesInSight({ pages }: InboxData, ids: ReadonlySet<string>): number[] {
  const inSight = pages.flatMap((page, index) => (page.items.some((row) => ids.has(row.id)) ? [index] : []))
  return inSight.length > 0 ? inSight : [0]
}

/**
 * The list with one page as it is now. Where that page ends elsewhere than before, the next one begins there: it is to be read again
 * before anybody sees it (`nextMoved`). A page without an end after it is the last.
 */
export function withPage(
  data: InboxData,
  index: number,
  page: InboxPageData,
): { data: InboxData; nextMoved: boolean } {
  const isLast = page.next === null
  const end = isLast ? index + 1 : data.pages.length
  const pages = data.pages.slice(0, end).map((old, at) => (at === index ? page : old))
  const nextMoved = !isLast && index + 1 < end && data.pageParams[index + 1] !== page.next
  const pageParams = data.pageParams
    .slice(0, end)
    .map((param, at) => (nextMoved && at === index + 1 && page.next !== null ? page.next : param))
  return { data: { pages, pageParams }, nextMoved }
}
