import { announce } from '../../../platform/bus/index.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { retryDelay } from '../../../platform/outgoing/index.ts'
import { markUnreachable } from '../../subscribers/index.ts'
import type { SendResult } from '../channel-adapter.ts'
import type { OutboundContext } from './context.ts'
import { canMove, lockOutbound, moveOutbound, type Outbound } from './outbound.ts'
import { tellOutcome } from './tell-outcome.ts'

const MAX_ATTEMPTS = 10
const RETRY = { baseMs: 1_000, maxMs: 120_000 }

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
  const message = await lockOutbound(tx, attempted.id)
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

async function recordRetry(
  tx: Executor,
  message: Outbound,
  { afterMs, reason }: { afterMs?: number; reason: string },
  now: Date,
): Promise<void> {
  const next = new Date(now.getTime() + Math.max(afterMs ?? 0, retryDelay(message.attempts, RETRY)))
  const tired = message.attempts >= MAX_ATTEMPTS || (message.giveUpAt !== null && next > message.giveUpAt)
  await moveOutbound(
    tx,
    message.id,
    now,
    tired ? { state: 'failed', reason, retryable: true } : { state: 'queued', reason, nextAttemptAt: next },
  )
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
