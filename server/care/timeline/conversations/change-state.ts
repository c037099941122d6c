import type { Outcome } from '../../../../contracts/conversations.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Service, Staff } from '../../../platform/http/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { muteContactPoint } from '../../subscribers/index.ts'
import { rankOf } from '../filing/rules.ts'
import { closeStretch, openStretch } from '../filing/stretches.ts'
import { lockLane } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { changeConversation, enterScene, leaveMark, tellAssigned } from './acting.ts'
import { requireCapacity } from './claim.ts'
import { NO_CALL_BACK, OPEN_AGAIN } from './conversation.ts'

/**
 * Hands over to a colleague or back to everyone. Refuses with `conflict` when the conversation changed since it was
 * read, `conversation_resolved`, `capacity_exceeded`.
 */
export async function assignConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff,
  to: { readonly agentId: string | null; readonly version: number; readonly note?: string | undefined },
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  if (conversation.state === 'resolved') throw new Refusal('conversation_resolved')
  if (conversation.version !== to.version) throw new Refusal('conflict', { current: conversation.version })
  if (conversation.assigneeId === to.agentId) return
  if (to.agentId !== null) await requireCapacity(tx, to.agentId)
  await changeConversation(tx, context, id, sql`assignee_id = ${to.agentId}`)
  await leaveMark(tx, context, conversation, by, to.agentId ? 'handed-over' : 'released', {
    toId: to.agentId,
    note: to.note ?? null,
  })
  await tellAssigned(tx, context, conversation, to.agentId)
}

/**
 * Puts a conversation aside until a time or until the person writes; null wakes it. Refuses with `conversation_resolved`, and with
 * `conflict` for a muted one: it is out of sight already, and must not come back by itself.
 */
export async function snoozeConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff | null,
  until: Date | null,
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  if (conversation.state === 'resolved') throw new Refusal('conversation_resolved')
  if (conversation.state === 'muted') throw new Refusal('conflict', { state: conversation.state })
  const state = until ? 'snoozed' : 'open'
  if (conversation.state === state && conversation.snoozedUntil?.getTime() === until?.getTime()) return
  await changeConversation(tx, context, id, sql`state = ${state}, snoozed_until = ${until}`)
  await leaveMark(tx, context, conversation, by, until ? 'snoozed' : 'woken', {
    until: until?.toISOString() ?? null,
  })
}

/** The promised call was made: what was put aside until then is back, and nobody waits. Does nothing where none is promised. */
export async function finishCallBack(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff,
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  const { callBackAt, snoozedUntil } = conversation
  if (callBackAt === null) return
  const wakes = conversation.state === 'snoozed' && snoozedUntil?.getTime() === callBackAt.getTime()
  const back = wakes ? sql`state = 'open', snoozed_until = null,` : sql``
  await changeConversation(
    tx,
    context,
    id,
    sql`${back} ${NO_CALL_BACK}, waiting_since = null, rank = ${rankOf(null, context.clock.now())}`,
  )
  await leaveMark(tx, context, conversation, by, 'called-back', { at: callBackAt.toISOString() })
}

/** Wakes a conversation whose time has come; one that was dealt with since it was seen to be due stays as it is. */
async function wakeOne(tx: Executor, context: OutboundContext, id: string): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  const { state, snoozedUntil } = conversation
  if (state === 'snoozed' && snoozedUntil !== null && snoozedUntil <= context.clock.now())
    await snoozeConversation(tx, context, id, null, null)
}

/** Wakes what was put aside until now. Gives how many. */
export async function wakeSnoozed(
  context: OutboundContext,
  inTx: (work: (tx: Executor) => Promise<void>) => Promise<void>,
): Promise<number> {
  const due = await rows(
    context.db,
    sql<{ id: string }>`select id from timeline.conversation
      where state = 'snoozed' and snoozed_until <= ${context.clock.now()} order by snoozed_until limit 100`,
  )
  for (const { id } of due) await inTx((tx) => wakeOne(tx, context, id))
  return due.length
}

/**
 * Spam or abuse: out of sight, still recorded; the person's further messages too. Null takes it back: the conversation is open again, one
 * that was resolved in the meantime stays so. Refuses with `conversation_resolved`: what is done is out of sight.
 */
export async function muteConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff,
  as: 'spam' | 'abuse' | null,
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  if (conversation.mutedAs === as) return
  const resolved = conversation.state === 'resolved'
  if (resolved && as !== null) throw new Refusal('conversation_resolved')
  await muteContactPoint(tx, conversation.laneId, as)
  const state = resolved ? 'resolved' : as ? 'muted' : 'open'
  await changeConversation(tx, context, id, sql`state = ${state}, muted_as = ${as}, snoozed_until = null`)
  await leaveMark(tx, context, conversation, by, as ? 'muted' : 'unmuted', { as })
}

export interface WrapUp {
  readonly topicId: string | null
  readonly outcome: Outcome
  readonly note?: string | undefined
}

/** Done, with its disposition. Its stretches end here; what the person writes soon after reopens it. */
export async function resolveConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff | Service,
  wrapUp: WrapUp,
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  if (conversation.state === 'resolved') return
  const { topicId, outcome, note } = wrapUp
  const agentId = by.kind === 'agent' ? by.id : null
  // The mark comes first: it belongs to the stretch that it ends.
  await leaveMark(tx, context, conversation, by, 'resolved', { outcome, topicId })
  const now = context.clock.now()
  const { lanes } = await enterScene(tx, context, id)
  for (const lane of lanes) await closeStretch(tx, lane, now)
  await changeConversation(
    tx,
    context,
    id,
    sql`state = 'resolved', topic_id = ${topicId}, outcome = ${outcome}, summary_note = ${note ?? null}, resolved_at = ${now},
      resolved_by = ${agentId}, waiting_since = null, snoozed_until = null, ${NO_CALL_BACK}, rank = ${rankOf(null, now)}`,
  )
  await context.outside.tell(tx, [
    {
      event: 'conversation.resolved',
      laneId: conversation.laneId,
      conversationId: id,
      ids: { topicId, agentId },
    },
  ])
}

/** Opens a resolved conversation again, by hand: no re-contact. A muted one stays muted. Refuses with `conflict` when it is not resolved. */
export async function reopenConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff | Service,
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  if (conversation.state !== 'resolved') throw new Refusal('conflict', { state: conversation.state })
  const { laneId } = conversation
  const lane = await lockLane(tx, laneId)
  const now = context.clock.now()
  await changeConversation(
    tx,
    context,
    id,
    sql`state = ${OPEN_AGAIN}, outcome = null, resolved_at = null, resolved_by = null, rank = ${rankOf(null, now)}`,
  )
  await openStretch(
    tx,
    context,
    { ...lane, interactionId: null },
    { conversationId: id, fromSeq: lane.lastSeq + 1, at: now, by: 'agent' },
  )
  await leaveMark(tx, context, conversation, by, 'reopened', {})
  await context.outside.tell(tx, [{ event: 'conversation.reopened', laneId, conversationId: id }])
}

/** What it is about. */
export async function setTopic(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff,
  topicId: string | null,
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  if (conversation.topicId === topicId) return
  await changeConversation(tx, context, id, sql`topic_id = ${topicId}`)
  await leaveMark(tx, context, conversation, by, 'topic-set', { topicId })
}
