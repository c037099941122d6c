import { announce } from '../../../platform/bus/index.ts'
import {
  databaseProblem,
  type Executor,
  inTransaction,
  maybeOne,
  rows,
  sql,
} from '../../../platform/database/index.ts'
import { type Loop, startLoop } from '../../../platform/loop.ts'
import { retryDelay } from '../../../platform/outgoing/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { Door } from '../accounts/doors.ts'
import { rankOf } from '../filing/rules.ts'
import { settleConversations } from '../filing/settle.ts'
import { openStretch } from '../filing/stretches.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import type { OutboundContext } from './context.ts'
import { lockWithConversation, moveOutbound, type Outbound } from './outbound.ts'
import { tellOutcome } from './tell-outcome.ts'

const POLL_MS = 200
/** A message that cannot be sent for this long is given up, and the lane goes on without it. */
export const GIVE_UP_MS = 15 * 60_000
/** Pauses of one that cannot be released. */
const RETRY = { baseMs: 2_000, maxMs: 300_000 }

/** Lets messages go whose undo time is over. Several nodes share the work. */
export function startReleasing(context: OutboundContext, onReleased: () => void): Loop {
  return startLoop({
    work: async () => {
      const released = await releaseDue(context)
      if (released > 0) onReleased()
      return released
    },
    pollMs: POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) context.log.error({ err: error }, 'releasing failed')
    },
  })
}

async function releaseDue(context: OutboundContext): Promise<number> {
  const due = await rows(
    context.db,
    sql<{ id: string; attempts: number }>`select id, attempts from timeline.outbound
      where state = 'held' and release_at <= ${context.clock.now()} order by release_at limit 50`,
  )
  for (const { id, attempts } of due) {
    try {
      await inTransaction(context.db, (tx) => releaseMessage(tx, context, id))
    } catch (error) {
      if (databaseProblem(error)) throw error
      context.log.error({ err: error, messageId: id }, 'message not released: tried again later')
      await holdLonger(context, id, attempts + 1)
    }
  }
  return due.length
}

/** It goes to the end of those that wait, further each time, so that it holds up no other. */
async function holdLonger(context: OutboundContext, id: string, attempts: number): Promise<void> {
  const next = new Date(context.clock.now().getTime() + RETRY.baseMs + retryDelay(attempts, RETRY))
  await rows(
    context.db,
    sql`update timeline.outbound set release_at = ${next}, attempts = ${attempts} where id = ${id} and state = 'held'`,
  )
}

/**
 * Gives a held message its place in the lane and lets it go: web chat's readers see it at once, other doors are sent to.
 * Anybody may call it, also for a message that has left: then nothing happens.
 */
export async function releaseMessage(tx: Executor, context: OutboundContext, id: string): Promise<void> {
  const { conversationId, laneId } = found(
    await maybeOne(
      tx,
      sql<{
        conversationId: string
        laneId: string
      }>`select conversation_id as "conversationId", lane_id as "laneId"
        from timeline.outbound where id = ${id}`,
    ),
    'message',
  )
  // Lanes, conversation, message: the same order as everybody else takes locks in.
  const lanes = await settleConversations(tx, context, [conversationId], [laneId])
  const lane = found(
    lanes.find((one) => one.id === laneId),
    'lane',
  )
  const message = await lockWithConversation(tx, id)
  if (message?.state !== 'held' || !message.body) return
  const door = found(await context.doors.find(lane.channelAccountId ?? ''), 'channel account')
  const entry = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'out',
    author: { kind: message.authorKind, id: message.authorId },
    body: message.body,
  })
  await openStretch(tx, context, lane, {
    conversationId,
    fromSeq: entry.seq,
    at: entry.storedAt,
    by: 'agent',
  })
  await takeAttachments(tx, message, entry.seq)
  await depart(tx, context, message, door, entry.seq)
  if (door.adapter.delivery === 'pull') await context.followUp.leftToRead(tx, laneId, door.account.kind)
  // A fixed text of the house is no answer: the person still waits.
  if (message.authorKind !== 'system') await stopWaiting(tx, conversationId, entry.storedAt)
  announce(tx, context.bus, { type: 'entries', lanes: [{ laneId, seq: entry.seq }] })
  announce(tx, context.bus, { type: 'held', conversationId })
  announce(tx, context.bus, { type: 'inbox' })
}

async function depart(
  tx: Executor,
  context: OutboundContext,
  message: Outbound,
  { account, adapter }: Door,
  seq: number,
): Promise<void> {
  const now = context.clock.now()
  const readBySelf = adapter.delivery === 'pull'
  await rows(
    tx,
    sql`update timeline.outbound set seq = ${seq}, body = null, attempts = 0, channel_account_id = ${account.id} where id = ${message.id}`,
  )
  await moveOutbound(
    tx,
    message.id,
    now,
    readBySelf
      ? { state: 'sent' }
      : { state: 'queued', nextAttemptAt: now, giveUpAt: new Date(now.getTime() + GIVE_UP_MS) },
  )
  if (readBySelf) await tellOutcome(tx, context, message)
}

async function takeAttachments(tx: Executor, message: Outbound, seq: number): Promise<void> {
  const ids = message.body?.attachmentIds ?? []
  if (ids.length === 0) return
  await rows(
    tx,
    sql`update timeline.attachment set lane_id = ${message.laneId}, seq = ${seq} where id = any(${ids}::uuid[])`,
  )
}

/** Under the conversation's lock: the person has an answer. A snoozed or muted conversation keeps its state. */
export async function stopWaiting(tx: Executor, conversationId: string, at: Date): Promise<void> {
  await rows(
    tx,
    sql`update timeline.conversation set waiting_since = null, rank = ${rankOf(null, at)}, version = version + 1
      where id = ${conversationId}`,
  )
}
