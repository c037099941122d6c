import type { Executor } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type Place, takeBack } from '../../timeline/index.ts'
import { beginFlow, MAIN } from './begin-flow.ts'
import { findDialog } from './dialog-store.ts'
import type { AssistantRoom } from './room.ts'
import { settle } from './settle.ts'
import { lastTurn, mayAnswer, openTalk } from './talk.ts'

/**
 * People leave a conversation to the assistant: it speaks first. What it is in the middle of with them is over.
 * Refuses like `takeBack`, and with `channel_unsupported` where it may not answer.
 */
export async function handBack(tx: Executor, room: AssistantRoom, place: Place, by: Staff): Promise<void> {
  await takeBack(tx, room.timeline, place, by)
  const conversation = { ...place.conversation, assigneeId: null }
  const freed: Place = { ...place, conversation }
  if (!mayAnswer(freed)) throw new Refusal('channel_unsupported', { what: 'assistant' })
  const before = await findDialog(tx, conversation.id)
  const talk = openTalk(room, freed, before, await room.flows.published(tx))
  const turn = lastTurn(talk, room.clock.now())
  const begun = await beginFlow(tx, room, talk, MAIN, { wanted: talk.before?.state?.wanted ?? null, turn })
  if (!begun) throw new Refusal('channel_unsupported', { what: 'assistant' })
  await settle(tx, room, talk, [begun], undefined)
}
