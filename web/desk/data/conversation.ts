import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { conversations } from '../../../contracts/conversations.ts'
import { call } from './api.ts'

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => call(conversations.getConversation, { params: { id }, signal }),
  })

/** A page of the person's timeline: the newest, or the one before a place. */
export const readTimelinePage = (id: string, before: string, signal?: AbortSignal) =>
  call(conversations.readTimeline, {
    params: { id },
    query: { limit: 50, ...(before && { before }) },
    signal,
  })

/** The person's whole timeline; the first page is the newest, and live entries are added to it. */
export const timelineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', id],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => readTimelinePage(id, pageParam, signal),
    getNextPageParam: (page) => page.before,
    // Live frames keep it fresh; only `resync` and a new visit read it anew.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30_000,
    refetchOnWindowFocus: false,
  })

export const siblingsQuery = (id: string) =>
  queryOptions({
    queryKey: ['siblings', id],
    queryFn: ({ signal }) => call(conversations.listPersonConversations, { params: { id }, signal }),
  })
