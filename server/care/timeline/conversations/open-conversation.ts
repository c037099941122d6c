import type { Clock } from '../../../platform/clock.ts'
import type { Executor } from '../../../platform/database/index.ts'
import type { Service, Staff } from '../../../platform/http/index.ts'
import { recordOpen } from '../../audit/index.ts'
import { type ConversationRow, findConversation } from './conversation.ts'
import { requireNeedToKnow } from './need-to-know.ts'

/**
 * A conversation that somebody is about to read: the right to it asked, the look recorded. Refuses with `not_found`, `need_to_know`.
 * @param address where the reader connects from
 */
export async function openConversation(
  db: Executor,
  clock: Clock,
  id: string,
  { actor, address }: { readonly actor: Staff | Service; readonly address: string },
): Promise<ConversationRow> {
  await requireNeedToKnow(db, actor, id, clock.now())
  const row = await findConversation(db, id)
  await recordOpen(db, clock, { actor, conversationId: id, contactPointId: row.laneId, address })
  return row
}
