import { type Executor, rows, sql } from '../../../platform/database/index.ts'

/**
 * Lanes where filing changes something. A lane is settled when its interaction goes on, its conversation is open, the
 * person already waits and wrote here last: its open-ended segment takes in the new entries by itself, and in a flood
 * of messages most lanes are. A mail may answer another matter than the one that goes on: their lanes never are.
 */
export async function findUnsettled(tx: Executor, laneIds: readonly string[]): Promise<string[]> {
  const found = await rows(
    tx,
    sql<{
      id: string
    }>`select l.id from timeline.lane l left join timeline.conversation c on c.id = l.conversation_id
      where l.id = any(${laneIds}::uuid[]) and not coalesce(
        l.channel <> 'email' and l.interaction_id is not null and c.state = 'open' and c.waiting_since is not null and c.lane_id = l.id, false)`,
  )
  return found.map((row) => row.id)
}
