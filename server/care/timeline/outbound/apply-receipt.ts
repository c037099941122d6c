import { announce } from '../../../platform/bus/index.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import type { InboundReceipt } from '../channel-adapter.ts'
import type { InboundContext } from '../inbound/context.ts'
import { lockLane } from '../lanes/lanes.ts'
import { canMove, lockWithConversation, moveOutbound } from './outbound.ts'
import { noteTrouble } from './record-attempt.ts'
import { tellOutcome } from './tell-outcome.ts'

/**
 * A channel's word on a message of ours. Statuses never go backwards: a late "delivered" after "read" changes nothing.
 * @returns false when no such message is known (yet)
 */
export async function applyReceipt(
  tx: Executor,
  context: InboundContext,
  channelAccountId: string,
  receipt: InboundReceipt,
): Promise<boolean> {
  const named = await maybeOne(
    tx,
    sql<{ id: string; laneId: string }>`select o.id, o.lane_id as "laneId" from timeline.outbound_external x
      join timeline.outbound o on o.id = x.outbound_id
      where x.channel_account_id = ${channelAccountId} and x.external_id = ${receipt.messageId}`,
  )
  if (!named) return false
  // Its read mark stands on the lane, and lanes come before all else.
  if (receipt.state === 'read') await lockLane(tx, named.laneId)
  const message = await lockWithConversation(tx, named.id)
  if (!message) return false
  if (!canMove(message.state, receipt.state)) return true
  const at = context.clock.now()
  await moveOutbound(tx, message.id, at, {
    state: receipt.state,
    reason: receipt.reason ?? null,
    retryable: receipt.state === 'failed',
  })
  if (receipt.state === 'read' && message.seq !== null)
    await personHasRead(tx, context, message.laneId, message.seq)
  await tellOutcome(tx, context, message)
  await noteTrouble(tx, message.conversationId)
  announce(tx, context.bus, {
    type: 'delivery',
    laneId: message.laneId,
    messageId: message.id,
    conversationId: message.conversationId,
  })
  return true
}

/** The person has read everything of ours up to a seq; never goes back. */
export async function personHasRead(
  tx: Executor,
  context: InboundContext,
  laneId: string,
  seq: number,
): Promise<void> {
  await rows(
    tx,
    sql`update timeline.lane set read_out_seq = greatest(read_out_seq, least(${seq}::bigint, last_seq)) where id = ${laneId}`,
  )
  announce(tx, context.bus, { type: 'read-by-person', laneId, seq })
}
