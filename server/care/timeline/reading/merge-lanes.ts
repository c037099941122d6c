/** What order needs of an entry. */
export interface Placed {
  readonly laneId: string
  readonly seq: number
  readonly storedAt: Date
}

/**
 * Merges lanes, newest first. Within a lane the order is that of its seq, always; lanes take turns by stored time, then
 * by lane, so that two readers see the same.
 * @param lanes entries of each lane, newest first
 * @param limit most entries
 */
export function mergeNewestFirst<E extends Placed>(
  lanes: ReadonlyMap<unknown, readonly E[]>,
  limit: number,
): E[] {
  const heads = [...lanes.values()].map((entries) => ({ entries, at: 0 }))
  const merged: E[] = []
  while (merged.length < limit) {
    let newest: (typeof heads)[number] | undefined
    for (const head of heads) {
      const entry = head.entries[head.at]
      const best = newest?.entries[newest.at]
      if (entry && (!best || isNewer(entry, best))) newest = head
    }
    const entry = newest?.entries[newest.at]
    if (!newest || !entry) return merged
    merged.push(entry)
    newest.at++
  }
  return merged
}

function isNewer(one: Placed, other: Placed): boolean {
  const apart = one.storedAt.getTime() - other.storedAt.getTime()
  return apart !== 0 ? apart > 0 : one.laneId > other.laneId
}
