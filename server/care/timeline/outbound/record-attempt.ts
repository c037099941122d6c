import { announce } from '../../../platform/bus/index.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { retryDelay } from '../../../platform/outgoing/index.ts'
import { lockContactPoints, markUnreachable } from '../../subscribers/index.ts'
import type { SendResult } from '../channel-adapter.ts'
import type { OutboundContext } from './context.ts'
import { canMove, lockWithConversation, moveOutbound, type Outbound } from './outbound.ts'
import { tellOutcome } from './tell-outcome.ts'

const RETRY = { baseMs: 1_000, maxMs: 120_000 }
/** Why a message was not even put together. */
export const DATABASE_AWAY = 'database_unavailable'
/** Nothing was tried: the door was not open for it, or we were not able to. */
const HELD_BACK: readonly string[] = ['channel_paused', 'rate_limited', DATABASE_AWAY]

/**
 * Writes down what became of an attempt. A result that comes after the lease ended and somebody else has decided is
 * recorded only if it moves the message forward: the channel's word "sent" beats our "unknown".
 */
export async function recordAttempt(
  tx: Executor,
  context: OutboundContext,
  attempted: Outbound,
  result: SendResult,
): Promise<void> {
  // Before the conversation: so does filing, which takes back that somebody is unreachable.
  if (result.outcome === 'failed' && result.unreachable) await lockContactPoints(tx, [attempted.laneId])
  const message = await lockWithConversation(tx, attempted.id)
  if (!message) return
  const ours = message.lease === attempted.lease
  const now = context.clock.now()
  switch (result.outcome) {
    case 'sent':
      if (!ours && !canMove(message.state, 'sent')) return
      await recordSent(tx, message, result.messageId, now)
      break
    case 'retry':
      if (!ours) return
      await recordRetry(tx, message, result, now)
      break
    case 'failed':
      if (!ours) return
      await moveOutbound(tx, message.id, now, {
        state: 'failed',
        reason: result.reason,
        retryable: !result.unreachable,
      })
      if (result.unreachable) await markUnreachable(tx, message.laneId, now)
      break
    case 'unknown':
      if (!ours) return
      await moveOutbound(tx, message.id, now, { state: 'unknown', reason: result.reason, retryable: true })
      break
  }
  await tellOutcome(tx, context, message)
  await noteTrouble(tx, message.conversationId)
  announce(tx, context.bus, {
    type: 'delivery',
    laneId: message.laneId,
    messageId: message.id,
    conversationId: message.conversationId,
  })
}

async function recordSent(
  tx: Executor,
  message: Outbound,
  externalId: string | null,
  now: Date,
): Promise<void> {
  await moveOutbound(tx, message.id, now, { state: 'sent', externalId })
  if (!externalId) return
  await rows(
    tx,
    sql`insert into timeline.outbound_external (channel_account_id, external_id, outbound_id)
      select channel_account_id, ${externalId}, ${message.id} from timeline.lane where id = ${message.laneId}
      on conflict do nothing`,
  )
  await rows(
    tx,
    sql`update timeline.entry_body set external_id = ${externalId} where lane_id = ${message.laneId} and seq = ${message.seq}`,
  )
}

/**
 * It is tried again until its time is over. Whatever pause the channel asks for, it is looked at once more at that moment, so
 * that the lane goes on then.
 */
async function recordRetry(
  tx: Executor,
  message: Outbound,
  { afterMs = 0, reason }: { afterMs?: number; reason: string },
  now: Date,
): Promise<void> {
  const { id, attempts, giveUpAt } = message
  const heldBack = HELD_BACK.includes(reason)
  if (heldBack || isOver(message, now))
    await rows(tx, sql`update timeline.outbound set attempts = attempts - 1 where id = ${id}`)
  if (giveUpAt && giveUpAt <= now)
    return moveOutbound(tx, id, now, { state: 'failed', reason, retryable: true })
  const waitMs = heldBack ? Math.max(afterMs, RETRY.baseMs) : retryDelay(attempts, RETRY, afterMs)
  const next = Math.min(now.getTime() + waitMs, giveUpAt?.getTime() ?? Number.POSITIVE_INFINITY)
  return moveOutbound(tx, id, now, { state: 'queued', reason, nextAttemptAt: new Date(next) })
}

/** A message that was tried or held back until its time was over: nothing is sent any more. */
export function isOver({ reason, giveUpAt }: Outbound, now: Date): boolean {
  return reason !== null && giveUpAt !== null && giveUpAt <= now
}

/** A message that failed or is unknown always shows, in its conversation and in the inbox. */
export async function noteTrouble(tx: Executor, conversationId: string): Promise<void> {
  await rows(
    tx,
    sql`update timeline.conversation c set trouble = t.trouble, version = version + 1
      from (select exists (select 1 from timeline.outbound o where o.conversation_id = ${conversationId}
        and o.state in ('unknown', 'failed')) as trouble) t
      where c.id = ${conversationId} and c.trouble <> t.trouble`,
  )
}
