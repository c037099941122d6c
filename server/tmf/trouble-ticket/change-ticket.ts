import { Outcome } from '../../../contracts/conversations.ts'
import { type ConversationRow, reopenConversation, resolveConversation } from '../../care/timeline/index.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Call } from '../core/call.ts'
import type { TicketChange } from './schema.ts'

/**
 * Resolves a conversation or opens it again; who has it now keeps it. Repeating changes nothing. The outcome is `statusChangeReason` where that
 * is one of ours, else `solved`. Refuses with `not_found`.
 */
export async function changeTicket(
  { db, room, actor }: Call,
  { id, state, topicId }: ConversationRow,
  { status, statusChangeReason }: TicketChange,
): Promise<void> {
  const resolves = status === 'resolved' || status === 'closed'
  if (resolves === (state === 'resolved')) return
  await inTransaction(db, async (tx) => {
    if (!resolves) return reopenConversation(tx, room.timeline, id, actor)
    const outcome = Outcome.safeParse(statusChangeReason).data ?? 'solved'
    return resolveConversation(tx, room.timeline, id, actor, { topicId, outcome })
  })
}
