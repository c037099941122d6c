import { type Executor, type RawSql, sql } from '../../../platform/database/index.ts'
import { type LaneWindow, type Person, readPerson } from '../../subscribers/index.ts'
import type { ConversationRow } from './conversation.ts'

/** Ids of the conversations that have a stretch inside a person's windows, as SQL: a lane that changed hands has others' as well. */
export function conversationsIn(windows: readonly LaneWindow[]): RawSql {
  return sql`
    select distinct s.conversation_id from unnest(${windows.map((one) => one.laneId)}::uuid[],
      ${windows.map((one) => one.from)}::timestamptz[], ${windows.map((one) => one.to)}::timestamptz[]) as w(lane_id, since, until)
    join timeline.segment s on s.lane_id = w.lane_id
    where (w.until is null or ${storedAt(sql`s.from_seq`)} < w.until)
      and (w.since is null or s.to_seq is null or ${storedAt(sql`s.to_seq`)} >= w.since)`
}

const storedAt = (seq: RawSql): RawSql =>
  sql`(select e.stored_at from timeline.entry e where e.lane_id = s.lane_id and e.seq = ${seq})`

/** Whose conversation it is: its lane's person now; of one that is over, when it ended, because the lane may be another's since. */
export function personOf(
  db: Executor,
  { laneId, resolvedAt }: Pick<ConversationRow, 'laneId' | 'resolvedAt'>,
): Promise<Person> {
  return readPerson(db, laneId, resolvedAt)
}
