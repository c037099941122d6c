import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { rankOf } from '../filing/rules.ts'
import { settleConversations } from '../filing/settle.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { noteTrouble } from '../outbound/record-attempt.ts'
import { changeConversation, enterScene, leaveMark } from './acting.ts'
import { type ConversationRow, lockConversations, NO_CALL_BACK } from './conversation.ts'
import { personOf } from './whose.ts'

interface SegmentRow {
  readonly id: string
  readonly interactionId: string
  readonly fromSeq: number
  readonly toSeq: number | null
}

/**
 * From an entry on, a lane's stretch is another matter: the segment is cut in two and the later part files under a new
 * conversation. Entries stay where they are. Refuses with `conflict` when the entry is not inside this conversation
 * or is its very beginning. Gives the new conversation's id.
 */
export async function splitConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff,
  at: { readonly laneId: string; readonly fromSeq: number },
): Promise<string> {
  const { conversation } = await enterScene(tx, context, id)
  const segment = await segmentAround(tx, id, at)
  if (!segment || segment.fromSeq === at.fromSeq) throw new Refusal('conflict', { what: 'segment' })
  const newConversationId = await copyConversation(tx, context, conversation, at.laneId)
  await rows(tx, sql`update timeline.segment set to_seq = ${at.fromSeq - 1} where id = ${segment.id}`)
  await rows(
    tx,
    sql`insert into timeline.segment (id, interaction_id, conversation_id, lane_id, from_seq, to_seq)
      values (${newId(context.clock)}, ${segment.interactionId}, ${newConversationId}, ${at.laneId}, ${at.fromSeq}, ${segment.toSeq})`,
  )
  if (segment.toSeq === null)
    await rows(
      tx,
      sql`update timeline.lane set conversation_id = ${newConversationId} where id = ${at.laneId}`,
    )
  await rows(
    tx,
    sql`update timeline.outbound set conversation_id = ${newConversationId} where conversation_id = ${id} and lane_id = ${at.laneId}
      and seq >= ${at.fromSeq} and (${segment.toSeq}::bigint is null or seq <= ${segment.toSeq})`,
  )
  await noteTrouble(tx, id)
  await noteTrouble(tx, newConversationId)
  await changeConversation(tx, context, id, sql`trouble = trouble`)
  await context.outside.tell(tx, [
    { event: 'conversation.opened', laneId: at.laneId, conversationId: newConversationId },
  ])
  await leaveMark(tx, context, conversation, by, 'split', { newConversationId, fromSeq: at.fromSeq })
  return newConversationId
}

function segmentAround(
  tx: Executor,
  conversationId: string,
  { laneId, fromSeq }: { laneId: string; fromSeq: number },
): Promise<SegmentRow | undefined> {
  return maybeOne(
    tx,
    sql<SegmentRow>`select id, interaction_id as "interactionId", from_seq as "fromSeq", to_seq as "toSeq" from timeline.segment
      where conversation_id = ${conversationId} and lane_id = ${laneId} and from_seq <= ${fromSeq}
        and (to_seq is null or to_seq >= ${fromSeq}) order by from_seq desc limit 1 for update`,
  )
}

/** The new matter begins open, or muted as the old one, with the same agent and the same waiting. */
async function copyConversation(
  tx: Executor,
  context: OutboundContext,
  from: ConversationRow,
  laneId: string,
): Promise<string> {
  const id = newId(context.clock)
  const now = context.clock.now()
  await rows(
    tx,
    sql`insert into timeline.conversation (id, contact_point_id, lane_id, channel, state, muted_as, assignee_id, waiting_since, rank, opened_at, rules_version)
      select ${id}, ${laneId}, ${laneId}, l.channel, ${from.mutedAs ? 'muted' : 'open'}, ${from.mutedAs}, ${from.assigneeId}, ${from.waitingSince}, ${rankOf(from.waitingSince, now)}, ${now},
        ${context.rules.version}
      from timeline.lane l where l.id = ${laneId}`,
  )
  return id
}

/**
 * It is the same matter as another conversation of the same person: the segments move there, this one ends. Refuses with
 * `conflict` for itself, another person's, or a resolved target.
 */
export async function joinConversations(
  tx: Executor,
  context: OutboundContext,
  id: string,
  by: Staff,
  intoId: string,
): Promise<void> {
  if (id === intoId) throw new Refusal('conflict', { what: 'itself' })
  await settleConversations(tx, context, [id, intoId])
  const both = await lockConversations(tx, [id, intoId])
  const conversation = found(
    both.find((one) => one.id === id),
    'conversation',
  )
  const target = found(
    both.find((one) => one.id === intoId),
    'conversation',
  )
  await requireSamePerson(tx, conversation, target)
  if (target.state === 'resolved') throw new Refusal('conflict', { state: target.state })
  await moveSegments(tx, id, intoId)
  await moveDrafts(tx, id, intoId)
  await noteTrouble(tx, intoId)
  const waitingSince = earliest(conversation.waitingSince, target.waitingSince)
  const call = earlierCall(conversation, target)
  const now = context.clock.now()
  await changeConversation(
    tx,
    context,
    intoId,
    sql`waiting_since = ${waitingSince}, rank = ${rankOf(waitingSince, now)}, call_back_at = ${call.callBackAt},
      call_back_zone = ${call.callBackZone}, call_back_msisdn = ${call.callBackMsisdn}`,
  )
  await changeConversation(
    tx,
    context,
    id,
    sql`state = 'resolved', joined_into = ${intoId}, waiting_since = null, trouble = false, ${NO_CALL_BACK}, resolved_at = ${now}, resolved_by = ${by.id}, rank = ${rankOf(null, now)}`,
  )
  await leaveMark(tx, context, target, by, 'joined', {
    fromConversationId: id,
    fromNumber: conversation.number,
  })
}

/** Of two matters the one in which a call was promised for the earlier time; where none was, either. */
function earlierCall(one: ConversationRow, other: ConversationRow): ConversationRow {
  if (one.callBackAt === null || other.callBackAt === null) return one.callBackAt === null ? other : one
  return one.callBackAt < other.callBackAt ? one : other
}

async function moveSegments(tx: Executor, id: string, intoId: string): Promise<void> {
  await rows(tx, sql`update timeline.segment set conversation_id = ${intoId} where conversation_id = ${id}`)
  await rows(
    tx,
    sql`update timeline.lane set conversation_id = ${intoId}
      where id = any(array(select lane_id from timeline.segment where conversation_id = ${intoId})) and conversation_id = ${id}`,
  )
  await rows(
    tx,
    sql`update timeline.outbound set conversation_id = ${intoId} where conversation_id = ${id} and state in ('held', 'unknown', 'failed')`,
  )
  // Those on their way may fail yet: their trouble belongs where the words are.
  await rows(
    tx,
    sql`update timeline.outbound set conversation_id = ${intoId}
      where lane_id = any(array(select lane_id from timeline.segment where conversation_id = ${intoId}))
        and conversation_id = ${id} and state in ('queued', 'sending')`,
  )
}

/** Unsent answers come along; who is already writing in the other one keeps that. */
async function moveDrafts(tx: Executor, id: string, intoId: string): Promise<void> {
  await rows(
    tx,
    sql`update timeline.draft d set conversation_id = ${intoId} where d.conversation_id = ${id} and not exists (
      select 1 from timeline.draft other where other.agent_id = d.agent_id and other.conversation_id = ${intoId})`,
  )
}

const earliest = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one < other ? one : other) : (one ?? other)

/** Whose they are, or were when they ended: a lane that changed hands joins no matters of two people. */
async function requireSamePerson(tx: Executor, one: ConversationRow, other: ConversationRow): Promise<void> {
  const [person, another] = [await personOf(tx, one), await personOf(tx, other)]
  const same = person.subscriberId === null ? one.laneId === other.laneId : true
  if (person.subscriberId !== another.subscriberId || !same)
    throw new Refusal('conflict', { what: 'another person' })
}
