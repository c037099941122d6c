import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { conversations } from '../../../contracts/conversations.ts'
import { call } from './api.ts'

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => call(conversations.getConversation, { params: { id }, signal }),
  })

/** The person's whole timeline; the first page is the newest, and live entries are added to it. */
export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      call(conversations.readTimeline, {
        params: { id },
        query: { limit: 50, ...(pageParam && { before: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.before,
    // Live frames keep it fresh; only `resync` and a new visit read it again.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    refetchOnWindowFocus: false,
  })

export const siblingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['siblings', id],
    queryFn: ({ signal }) => call(conversations.listPersonConversations, { params: { id }, signal }),
  })
