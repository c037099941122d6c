import { announce } from '../../../platform/bus/index.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { findLane } from '../lanes/lanes.ts'
import { checkPolicy } from './check-reply.ts'
import type { OutboundContext } from './context.ts'
import { lockOutbound, lockWithConversation, moveOutbound, type Outbound } from './outbound.ts'
import { noteTrouble } from './record-attempt.ts'
import { tellOutcome } from './tell-outcome.ts'

/** Takes back a message that has not left. Refuses with `not_undoable` when it has. Gives it with its words. */
export async function undoMessage(
  tx: Executor,
  context: OutboundContext,
  id: string,
  authorId: string,
): Promise<Outbound> {
  const message = await lockOwn(tx, id, authorId)
  if (message.state !== 'held') throw new Refusal('not_undoable', { state: message.state })
  const at = context.clock.now()
  await moveOutbound(tx, id, at, { state: 'cancelled' })
  await rows(tx, sql`update timeline.outbound set body = null where id = ${id}`)
  announce(tx, context.bus, { type: 'held', conversationId: message.conversationId })
  return message
}

async function lockOwn(tx: Executor, id: string, authorId: string): Promise<Outbound> {
  const message = found(await lockOutbound(tx, id), 'message')
  if (message.authorId !== authorId) throw new Refusal('not_found', { what: 'message' })
  return message
}

/**
 * Sends a failed or unknown message again, really. Refuses with `not_retryable` in any other state, and with
 * `channel_paused` or `channel_policy` when the door is not open for it.
 */
export async function retryMessage(tx: Executor, context: OutboundContext, id: string): Promise<Outbound> {
  const message = found(await lockWithConversation(tx, id), 'message')
  if (message.state !== 'failed' && message.state !== 'unknown')
    throw new Refusal('not_retryable', { state: message.state })
  const lane = found(await findLane(tx, message.laneId), 'lane')
  const door = found(await context.doors.find(lane.channelAccountId ?? ''), 'channel account')
  if (door.account.state === 'paused') throw new Refusal('channel_paused')
  checkPolicy(door.account.policy)
  const now = context.clock.now()
  await moveOutbound(tx, id, now, {
    state: 'queued',
    nextAttemptAt: now,
    giveUpAt: new Date(now.getTime() + 15 * 60_000),
  })
  await rows(
    tx,
    sql`update timeline.outbound set attempts = 0, channel_account_id = ${lane.channelAccountId} where id = ${id}`,
  )
  await changed(tx, context, message)
  return found(await lockOutbound(tx, id), 'message')
}

/** A person has found out what became of an unknown message. Refuses with `conflict` when it is not unknown any more. */
export async function settleMessage(
  tx: Executor,
  context: OutboundContext,
  id: string,
  arrived: boolean,
): Promise<Outbound> {
  const message = found(await lockWithConversation(tx, id), 'message')
  if (message.state !== 'unknown') throw new Refusal('conflict', { state: message.state })
  const now = context.clock.now()
  await moveOutbound(
    tx,
    id,
    now,
    arrived
      ? { state: 'sent', reason: 'settled-by-person' }
      : { state: 'failed', reason: 'settled-by-person', retryable: true },
  )
  await changed(tx, context, message)
  return found(await lockOutbound(tx, id), 'message')
}

async function changed(tx: Executor, context: OutboundContext, message: Outbound): Promise<void> {
  await tellOutcome(tx, context, message)
  await noteTrouble(tx, message.conversationId)
  announce(tx, context.bus, {
    type: 'delivery',
    laneId: message.laneId,
    messageId: message.id,
    conversationId: message.conversationId,
  })
}
