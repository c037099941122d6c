import { announce } from '../../../platform/bus/index.ts'
import { type Executor, maybeOne, one, sql } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { leaveMark, tellAssigned } from './acting.ts'
import { CONVERSATION, type ConversationRow, findConversation } from './conversation.ts'

/**
 * Gives an unassigned open conversation to an agent, in one compare-and-set with the capacity checked in it (invariant 6).
 * Repeating one's own claim changes nothing. Refuses with `already_claimed` (facts say by whom), `capacity_exceeded`,
 * `conversation_resolved`, `not_found`.
 */
export async function claimConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  agent: Staff,
): Promise<void> {
  const claimed = await maybeOne(
    tx,
    sql<ConversationRow>`
      with me as (select id, capacity from staff.member where id = ${agent.id} for no key update)
      update timeline.conversation c set assignee_id = me.id, version = version + 1 from me
      where c.id = ${id} and c.assignee_id is null and c.state <> 'resolved' and me.capacity > ${openConversationsOf(agent.id)}
      returning ${CONVERSATION}`,
  )
  if (!claimed) return explainLoss(tx, id, agent)
  await leaveMark(tx, context, claimed, agent, 'claimed', {})
  await tellAssigned(tx, context, claimed, agent.id)
  announce(tx, context.bus, { type: 'conversation', conversationId: id, version: claimed.version })
  announce(tx, context.bus, { type: 'inbox' })
}

const openConversationsOf = (agentId: string) =>
  sql`(select count(*) from timeline.conversation o where o.assignee_id = ${agentId} and o.state = 'open')`

async function explainLoss(tx: Executor, id: string, agent: Staff): Promise<void> {
  const conversation = await findConversation(tx, id)
  if (conversation.assigneeId === agent.id) return
  if (conversation.state === 'resolved') throw new Refusal('conversation_resolved')
  if (conversation.assigneeId !== null) {
    const assignee = await one(
      tx,
      sql<{
        id: string
        name: string
      }>`select id, name from staff.member where id = ${conversation.assigneeId}`,
    )
    throw new Refusal('already_claimed', { assignee })
  }
  throw new Refusal('capacity_exceeded')
}

/** Refuses with `capacity_exceeded` when a colleague has as many open conversations as they may. */
export async function requireCapacity(tx: Executor, agentId: string): Promise<void> {
  const room = await maybeOne(
    tx,
    sql<{ free: boolean }>`select capacity > ${openConversationsOf(agentId)} as free from staff.member
      where id = ${agentId} and active for no key update`,
  )
  if (!room) throw new Refusal('not_found', { what: 'agent' })
  if (!room.free) throw new Refusal('capacity_exceeded')
}
