import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { type Lane, lockLane, lockLanes } from '../lanes/lanes.ts'
import { type FilingContext, fileLane } from './file-lane.ts'
import { findUnsettled } from './unsettled.ts'

/**
 * Before anybody acts on a conversation, what has arrived on its lanes is filed: the act then applies to all that was
 * said before it, and only what comes later counts as new. Locks the lanes, in order.
 * @returns the lanes that the conversation now goes on in
 */
export async function settleConversation(
  tx: Executor,
  context: FilingContext,
  conversationId: string,
): Promise<Lane[]> {
  const open = await rows(
    tx,
    sql<{ laneId: string }>`select distinct lane_id as "laneId" from timeline.segment
      where conversation_id = ${conversationId} and to_seq is null`,
  )
  const lanes = await lockLanes(
    tx,
    open.map((row) => row.laneId),
  )
  const settled: Lane[] = []
  for (const lane of lanes) settled.push(await settleLane(tx, context, lane))
  return settled.filter((lane) => lane.conversationId === conversationId)
}

/** The same for one lane that the caller has locked. Gives it as it stands afterwards. */
export async function settleLane(tx: Executor, context: FilingContext, lane: Lane): Promise<Lane> {
  const [unsettled] = await findUnsettled(tx, [lane.id])
  if (unsettled) await fileLane(tx, context, lane)
  else await rows(tx, sql`update timeline.lane set filed_seq = last_seq where id = ${lane.id}`)
  return lockLane(tx, lane.id)
}
