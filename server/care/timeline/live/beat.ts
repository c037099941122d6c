import { rows, sql } from '../../../platform/database/index.ts'
import type { OutboundContext } from '../outbound/context.ts'
import type { LaneFeed } from './lane-feed.ts'
import type { Screen } from './watch.ts'

/** Tells every screen the newest seq of each lane that it watches, so that a lost last notice is noticed. One query, however many screens. */
export async function beat(
  context: OutboundContext,
  feed: LaneFeed,
  screens: ReadonlySet<Screen>,
): Promise<void> {
  if (feed.lanes.size === 0) return
  const found = await rows(
    context.db,
    sql<{
      id: string
      seq: number
    }>`select id, last_seq as seq from timeline.lane where id = any(${[...feed.lanes]}::uuid[])`,
  )
  const seqs = new Map(found.map((row) => [row.id, row.seq]))
  for (const [laneId, seq] of seqs) feed.catchUp(laneId, seq)
  for (const screen of screens) {
    const laneIds = [...screen.watches.values()].flatMap(({ followers }) => [...followers.keys()])
    if (laneIds.length === 0) continue
    screen.connection.send({
      type: 'beat',
      laneSeqs: Object.fromEntries(laneIds.map((id) => [id, seqs.get(id) ?? 0])),
    })
  }
}
