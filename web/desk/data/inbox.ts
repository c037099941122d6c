import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ChannelKind } from '../../../contracts/channels.ts'
import { type ConversationState, conversations } from '../../../contracts/conversations.ts'
import { call } from './api.ts'

/** What the inbox shows; lives in the URL. */
export interface InboxFilter {
  readonly view: 'mine' | 'unassigned' | 'all'
  readonly state: ConversationState
  readonly channel?: ChannelKind | undefined
  readonly topicId?: string | undefined
}

/** Whether the list shows less than all that is open: the counters know no filters. */
export const isNarrowed = ({ state, channel, topicId }: InboxFilter): boolean =>
  state !== 'open' || channel !== undefined || topicId !== undefined

/** Rows of one page of the list. */
export const INBOX_PAGE = 40

export const inboxQuery = (filter: InboxFilter) =>
  infiniteQueryOptions({
    queryKey: ['inbox', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(conversations.listConversations, {
        query: { ...filter, limit: INBOX_PAGE, ...(pageParam && { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
    // Read again page by page as they come into sight (`refreshInbox`), not all at once.
    refetchOnWindowFocus: false,
  })

export const countersQuery = queryOptions({
  queryKey: ['counters'],
  queryFn: ({ signal }) => call(conversations.countConversations, { signal }),
})
