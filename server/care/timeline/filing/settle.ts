import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { type Lane, lockLane, lockLanesOf } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { inviteElsewhere } from '../outbound/invite-elsewhere.ts'
import { fileLane } from './file-lane.ts'
import { isUnsettled } from './unsettled.ts'

/**
 * Before anybody acts on conversations, what has arrived on their lanes is filed: the act then applies to all that was
 * said before it, and only what comes later counts as new. Locks every lane that they ever ran on, in order, so that the
 * act takes none while it holds a conversation.
 * @param also further lanes that the act will touch: those through which something is sent
 * @returns the locked lanes as they stand now
 */
export async function settleConversations(
  tx: Executor,
  context: OutboundContext,
  conversationIds: readonly string[],
  also: readonly string[] = [],
): Promise<Lane[]> {
  return settleLanes(tx, context, await lockLanesOf(tx, conversationIds, also), conversationIds, also)
}

/** The same on lanes that `lockLanesOf` has locked. */
export async function settleLanes(
  tx: Executor,
  context: OutboundContext,
  locked: readonly Lane[],
  conversationIds: readonly string[],
  also: readonly string[],
): Promise<Lane[]> {
  const settled: Lane[] = []
  for (const lane of locked) {
    const goesOn = conversationIds.includes(lane.conversationId ?? '') || also.includes(lane.id)
    settled.push(goesOn ? await settleLane(tx, context, lane) : lane)
  }
  return settled
}

/** Nothing has come since it was filed: most acts find a lane so. */
export const isQuiet = ({ filedSeq, lastSeq }: Lane): boolean => filedSeq === lastSeq

/** Files what has arrived on a locked lane. Gives it as it stands afterwards. */
async function settleLane(tx: Executor, context: OutboundContext, lane: Lane): Promise<Lane> {
  if (isQuiet(lane)) return lane
  if (await isUnsettled(tx, lane.id)) {
    const { begun, conversationId } = await fileLane(tx, context, lane)
    if (begun && conversationId) await inviteElsewhere(tx, context, lane, conversationId)
  } else await rows(tx, sql`update timeline.lane set filed_seq = last_seq where id = ${lane.id}`)
  return lockLane(tx, lane.id)
}
