import type { InfiniteData } from '@tanstack/react-query'
import type { TimelinePage } from '../../../contracts/conversations.ts'
import type { Delivery, Entry } from '../../../contracts/entries.ts'
import { entryKey, mergeEntries } from '../../shared/timeline/index.ts'
import { queryClient } from '../data/query-client.ts'

export type Timeline = InfiniteData<TimelinePage, string>

function patchTimelines(patch: (timeline: Timeline) => Timeline): void {
  queryClient.setQueriesData<Timeline>({ queryKey: ['timeline'] }, (timeline) => timeline && patch(timeline))
}

/** Adds entries to the newest page of every timeline that holds their lane. */
export function addEntries(entries: readonly Entry[]): void {
  patchTimelines((timeline) => {
    const [newest, ...older] = timeline.pages
    if (!newest) return timeline
    const mine = entries.filter((entry) => entry.laneId in newest.laneSeqs)
    if (!mine.length) return timeline
    const laneSeqs = { ...newest.laneSeqs }
    for (const { laneId, seq } of mine) laneSeqs[laneId] = Math.max(laneSeqs[laneId] ?? 0, seq)
    return {
      ...timeline,
      pages: [{ ...newest, laneSeqs, entries: mergeEntries(newest.entries, mine) }, ...older],
    }
  })
}

/** Sets where a message stands; statuses never go backwards, so an older notice is dropped. */
export function setDelivery(laneId: string, seq: number, delivery: Delivery): void {
  const moved = (entry: Entry) =>
    entry.laneId === laneId && entry.seq === seq && (entry.delivery?.changedAt ?? '') <= delivery.changedAt
      ? { ...entry, delivery }
      : entry
  patchTimelines((timeline) => ({
    ...timeline,
    pages: timeline.pages.map((page) => ({ ...page, entries: page.entries.map(moved) })),
  }))
}

const newer = (a: Delivery | null, b: Delivery | null) =>
  (a?.changedAt ?? '') > (b?.changedAt ?? '') ? a : b

/**
 * Puts fresh copies in the place of entries that are shown. Others are left out: lanes resume by seq, and one that came out of turn
 * would hide a gap.
 */
export function refreshEntries(timeline: Timeline, fresh: readonly Entry[]): Timeline {
  const byKey = new Map(fresh.map((entry) => [entryKey(entry), entry]))
  const renewed = (entry: Entry): Entry => {
    const copy = byKey.get(entryKey(entry))
    return copy ? { ...copy, delivery: newer(entry.delivery, copy.delivery) } : entry
  }
  return {
    ...timeline,
    pages: timeline.pages.map((page) => ({ ...page, entries: page.entries.map(renewed) })),
  }
}

/** Sets where a message stands, wherever it is shown. */
export function setDeliveryOfMessage(delivery: Delivery): void {
  patchTimelines((timeline) => ({
    ...timeline,
    pages: timeline.pages.map((page) => ({
      ...page,
      entries: page.entries.map((entry) =>
        entry.delivery?.messageId === delivery.messageId ? { ...entry, delivery } : entry,
      ),
    })),
  }))
}
