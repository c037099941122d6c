import { type Executor, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { type Lane, lockLanesAmong } from '../lanes/lanes.ts'

/** Most entries of a lane that are looked through for what they answer; with more, the lane is filed, and they are not looked at again. */
const MOST_LOOKED_THROUGH = 200

/**
 * A mail among those that are not filed yet that provably answers something else than the matter that goes on: another matter of the
 * same person, or a message of ours to somebody else.
 */
const ANSWERS_OTHER = sql`exists (
  select 1 from timeline.entry_body b
  where b.lane_id = l.id and b.seq > l.filed_seq and b.body ? 'thread' and (
    b.body->'thread'->>'laneId' <> l.id::text
    or l.conversation_id <> (select s.conversation_id from timeline.segment s
      where s.lane_id = l.id and s.from_seq <= (b.body->'thread'->>'seq')::bigint order by s.from_seq desc limit 1)))`

/**
 * Whether filing changes nothing on lane `l` with its conversation `c`: its interaction goes on, its conversation is open, the person
 * already waits and wrote here last, and no mail answers another matter. Its open-ended segment takes in the new entries by itself, and in
 * a flood of messages most lanes are like that. Null counts as no.
 */
export const SETTLED = sql`(
  l.interaction_id is not null and c.state = 'open' and c.waiting_since is not null and c.lane_id = l.id
    and (l.channel <> 'email' or (l.last_seq - l.filed_seq <= ${sql.lit(MOST_LOOKED_THROUGH)} and not ${ANSWERS_OTHER})))`

const unsettledAmong = (laneIds: readonly string[]): RawSql => sql`
  select l.id from timeline.lane l left join timeline.conversation c on c.id = l.conversation_id
  where l.id = any(${laneIds}::uuid[]) and ${SETTLED} is not true`

/** The conversation of a lane where filing changes something; no row otherwise, or without one. */
export const unsettledConversationOf = (laneId: string): RawSql => sql`
  select c.id from timeline.lane l join timeline.conversation c on c.id = l.conversation_id
  where l.id = ${laneId} and ${SETTLED} is not true`

/** Whether filing changes something on a lane. */
export async function isUnsettled(tx: Executor, laneId: string): Promise<boolean> {
  return (await rows(tx, unsettledAmong([laneId]))).length > 0
}

/** Locks those lanes where filing changes something, in order. */
export function lockUnsettled(tx: Executor, laneIds: readonly string[]): Promise<Lane[]> {
  return lockLanesAmong(tx, unsettledAmong(laneIds))
}
