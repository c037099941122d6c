import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'
import type { LaneWindow } from '../../subscribers/index.ts'

/** Does a file stand beside a message within these windows? Files of notes are nobody's but ours. */
export async function mayReadFile(
  db: Executor,
  windows: readonly LaneWindow[],
  attachmentId: string,
): Promise<boolean> {
  const found = await maybeOne(
    db,
    sql`
      select 1 from timeline.attachment a
      join timeline.entry e on e.lane_id = a.lane_id and e.seq = a.seq and e.kind = 'message'
      where a.id = ${attachmentId} and exists (
        select 1 from unnest(${windows.map((one) => one.laneId)}::uuid[], ${windows.map((one) => one.from)}::timestamptz[],
          ${windows.map((one) => one.to)}::timestamptz[]) as w(lane_id, since, until)
        where w.lane_id = e.lane_id and (w.since is null or e.stored_at >= w.since)
          and (w.until is null or e.stored_at < w.until))`,
  )
  return found !== undefined
}
