import { type Executor, one, sql } from '../../../platform/database/index.ts'

/** Is there anything of ours on a lane that the person has not read? */
export async function hasUnread(db: Executor, laneId: string): Promise<boolean> {
  const { unread } = await one(
    db,
    sql<{ unread: boolean }>`
      select exists (
        select 1 from timeline.lane l join timeline.entry e on e.lane_id = l.id and e.seq > l.read_out_seq
        where l.id = ${laneId} and e.direction = 'out' and e.kind = 'message') as unread`,
  )
  return unread
}
