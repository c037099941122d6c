import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { TimelinePage } from '../../../contracts/conversations.ts'
import { foldEntries, layOutRows, mergeEntries } from '../../shared/timeline/index.ts'
import { timelineQuery } from '../data/conversation.ts'
import { queryClient } from '../data/query-client.ts'
import { live } from '../live/live.ts'

const currentSeqs = (id: string) =>
  queryClient.getQueryData<{ pages: TimelinePage[] }>(['timeline', id])?.pages[0]?.laneSeqs

/** The rows of a person's timeline, followed live from where the newest page ends. */
export function useTimeline(conversationId: string) {
  const query = useInfiniteQuery(timelineQuery(conversationId))
  const { data } = query
  const rows = useMemo(() => {
    const pages = data?.pages ?? []
    return layOutRows(foldEntries(mergeEntries(...pages.map((page) => page.entries))))
  }, [data])
  // Watched anew when the timeline was read anew (a first visit, a resync): its lanes may be others.
  const lanes = data
    ? Object.keys(data.pages[0]?.laneSeqs ?? {})
        .sort()
        .join()
    : null
  useEffect(() => {
    const seqs = lanes === null ? undefined : currentSeqs(conversationId)
    return seqs && live.watch(conversationId, seqs)
  }, [conversationId, lanes])
  useEffect(
    () => () => queryClient.removeQueries({ queryKey: ['timeline', conversationId] }),
    [conversationId],
  )
  return { ...query, rows }
}
