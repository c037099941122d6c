import type { TimelinePage } from '../../../contracts/conversations.ts'
import type { DeliveryState } from '../../../contracts/entries.ts'
import { readTimelinePage } from '../data/conversation.ts'
import { queryClient } from '../data/query-client.ts'
import { refreshEntries, type Timeline } from './patch-timeline.ts'

/** What stands in one of these may have moved unseen. */
const UNSETTLED: readonly DeliveryState[] = ['queued', 'sending', 'unknown', 'failed']

const isUnsettled = ({ entries }: TimelinePage) =>
  entries.some(({ delivery }) => delivery && UNSETTLED.includes(delivery.state))

const lanesOf = (page: TimelinePage | undefined) =>
  Object.keys(page?.laneSeqs ?? {})
    .sort()
    .join()

/**
 * Reads again what the open timelines show: where messages stand, files that arrived, what was filed elsewhere. A lane that resumes by
 * its seq brings new entries only.
 */
export async function refreshTimelines(): Promise<void> {
  const shown = queryClient.getQueriesData<Timeline>({ queryKey: ['timeline'] })
  await Promise.all(
    shown.map(([queryKey, timeline]) =>
      timeline ? refresh(queryKey, timeline) : queryClient.invalidateQueries({ queryKey }),
    ),
  )
}

async function refresh(queryKey: readonly unknown[], timeline: Timeline): Promise<void> {
  const id = String(queryKey[1])
  const places = timeline.pageParams.filter((_, i) => {
    const page = timeline.pages[i]
    return i === 0 || (page && isUnsettled(page))
  })
  for (const place of places) {
    const page = await readTimelinePage(id, place).catch(() => null)
    // Nobody answers: whoever comes back next time asks again.
    if (!page) return
    if (place === '' && lanesOf(page) !== lanesOf(timeline.pages[0])) {
      await queryClient.resetQueries({ queryKey })
      return
    }
    queryClient.setQueryData<Timeline>(queryKey, (now) => now && refreshEntries(now, page.entries))
  }
}
