import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import type { Lane } from '../lanes/lanes.ts'
import type { FilingContext } from './file-lane.ts'

interface OtherThread {
  readonly laneId: string
  readonly number: number
}

/**
 * A mail that provably answers a message of ours to somebody else: the sender is a new, unproved contact point with a matter of their
 * own, and the agent is told which matter they seem to know of. Nothing is linked, nothing of that matter is shown.
 * To be asked before the lanes are filed.
 * @param lanes locked by the caller, with entries that are not filed yet
 */
export async function findOtherThreads(tx: Executor, lanes: readonly Lane[]): Promise<OtherThread[]> {
  const mail = lanes.filter((lane) => lane.channel === 'email')
  if (mail.length === 0) return []
  return rows(
    tx,
    sql<OtherThread>`
      select distinct f.lane_id as "laneId", c.number
      from unnest(${mail.map(({ id }) => id)}::uuid[], ${mail.map(({ filedSeq }) => filedSeq)}::bigint[]) as f(lane_id, filed_seq)
      join timeline.entry e on e.lane_id = f.lane_id and e.seq > f.filed_seq and e.direction = 'in'
      join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq and b.body ? 'thread'
      cross join lateral (
        select s.conversation_id from timeline.segment s
        where s.lane_id = (b.body->'thread'->>'laneId')::uuid and s.lane_id <> f.lane_id
          and (s.from_seq <= (b.body->'thread'->>'seq')::bigint or (b.body->'thread'->>'seq')::bigint = 0)
        order by s.from_seq desc limit 1
      ) s
      join timeline.conversation c on c.id = s.conversation_id`,
  )
}

/** Says so on the sender's lane, for agents. */
export async function noteOtherThreads(
  tx: Executor,
  context: FilingContext,
  found: readonly OtherThread[],
): Promise<void> {
  for (const { laneId, number } of found) {
    await appendEntry(tx, context.clock, {
      laneId,
      direction: 'internal',
      author: { kind: 'system', id: null },
      body: { type: 'mark', mark: 'answers-other', facts: { fromNumber: number } },
    })
  }
}
