import { type Executor, maybeOne, one, sql } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { changeConversation, enterScene, leaveMark, tellAssigned } from './acting.ts'

/**
 * Gives an unassigned open conversation to an agent: compared and set with the conversation and the agent locked, so that neither two
 * agents nor two claims of one can both be right (invariant 6). Repeating one's own claim changes nothing.
 * Refuses with `already_claimed` (facts say by whom), `capacity_exceeded`, `conversation_resolved`, `not_found`.
 */
export async function claimConversation(
  tx: Executor,
  context: OutboundContext,
  id: string,
  agent: Staff,
): Promise<void> {
  const { conversation } = await enterScene(tx, context, id)
  if (conversation.assigneeId === agent.id) return
  if (conversation.state === 'resolved') throw new Refusal('conversation_resolved')
  if (conversation.assigneeId !== null) {
    const assignee = await readName(tx, conversation.assigneeId)
    throw new Refusal('already_claimed', { assignee })
  }
  await requireCapacity(tx, agent.id)
  await changeConversation(tx, context, id, sql`assignee_id = ${agent.id}`)
  await leaveMark(tx, context, conversation, agent, 'claimed', {})
  await tellAssigned(tx, context, conversation, agent.id)
}

function readName(tx: Executor, memberId: string): Promise<{ id: string; name: string }> {
  return one(tx, sql<{ id: string; name: string }>`select id, name from staff.member where id = ${memberId}`)
}

/**
 * Refuses with `capacity_exceeded` when an agent has as many open conversations as they may. Whoever else gives them one waits until
 * this transaction ends, and counts after that: the lock is a statement of its own, because a statement sees what was committed when it
 * began, not when it got its lock. Members are locked after conversations.
 */
export async function requireCapacity(tx: Executor, agentId: string): Promise<void> {
  const member = await maybeOne(
    tx,
    sql<{
      capacity: number
    }>`select capacity from staff.member where id = ${agentId} and active for no key update`,
  )
  if (!member) throw new Refusal('not_found', { what: 'agent' })
  const { open } = await one(
    tx,
    sql<{
      open: number
    }>`select count(*)::int as open from timeline.conversation where assignee_id = ${agentId} and state = 'open'`,
  )
  if (open >= member.capacity) throw new Refusal('capacity_exceeded')
}
