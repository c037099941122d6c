import { queryOptions } from '@tanstack/react-query'
import { channels } from '../../../contracts/channels.ts'
import { macros, type Topic, topics } from '../../../contracts/knowledge.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { subscribers } from '../../../contracts/subscribers.ts'
import { call } from './api.ts'

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  queryFn: ({ signal }) => call(topics.getTopicTree, { signal }),
  staleTime: 5 * 60_000,
})

export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: ({ signal }) => call(macros.listMacros, { signal }),
  staleTime: 60_000,
})

export const channelsQuery = queryOptions({
  queryKey: ['channel-accounts'],
  queryFn: ({ signal }) => call(channels.listChannelAccounts, { signal }),
  staleTime: 60_000,
})

export const cardQuery = (contactPointId: string) =>
  queryOptions({
    queryKey: ['card', contactPointId],
    queryFn: ({ signal }) =>
      call(subscribers.getCardOfContactPoint, { params: { id: contactPointId }, signal }),
  })

/** A topic with its ancestors' titles: «Деньги › Возврат». */
export function topicPath(tree: readonly Topic[], id: string, locale: Locale): string {
  const topic = tree.find((one) => one.id === id)
  if (!topic) return ''
  const above = topic.parentId ? `${topicPath(tree, topic.parentId, locale)} › ` : ''
  return above + topic.title[locale]
}
