import { announce } from '../../../platform/bus/index.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { rankOf } from '../filing/rules.ts'
import { settleConversations } from '../filing/settle.ts'
import { openStretch } from '../filing/stretches.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import { type Lane, lockLane } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'

export interface NewMatter {
  /** Made by the caller: UUID v7. */
  readonly id: string
  /** A contact point's lane of the person. */
  readonly laneId: string
  readonly topicId: string | null
  /** What it is about: a note, which the person does not see. */
  readonly words: string
}

/**
 * Opens a conversation for a matter that another system brings: a note on the person's lane, waiting for an answer. What goes on in the lane
 * is not disturbed: the person's next words belong to it as before. Refuses with `not_found` (lane).
 */
export async function openMatter(
  tx: Executor,
  context: OutboundContext,
  { id, laneId, topicId, words }: NewMatter,
): Promise<void> {
  const [settled] = await settleConversations(tx, context, [], [laneId])
  const lane = found(settled, 'lane')
  const at = context.clock.now()
  await rows(
    tx,
    sql`insert into timeline.conversation
      (id, contact_point_id, lane_id, channel, state, topic_id, waiting_since, rank, opened_at, rules_version)
      values (${id}, ${laneId}, ${laneId}, ${lane.channel}, 'open', ${topicId}, ${at}, ${rankOf(at, at)}, ${at},
        ${context.rules.version})`,
  )
  const { seq } = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'internal',
    author: { kind: 'system', id: null },
    body: { type: 'note', text: words },
  })
  await openStretch(tx, context, lane, { conversationId: id, fromSeq: seq, at, by: 'system' })
  await goOn(tx, context, lane, seq + 1, at)
  announce(tx, context.bus, { type: 'entries', lanes: [{ laneId, seq }] })
  announce(tx, context.bus, { type: 'inbox' })
  await context.outside.tell(tx, [{ event: 'conversation.opened', laneId, conversationId: id }])
}

/** The conversation that went on in the lane goes on behind the note. */
async function goOn(
  tx: Executor,
  context: OutboundContext,
  before: Lane,
  fromSeq: number,
  at: Date,
): Promise<void> {
  if (before.interactionId === null || before.conversationId === null) return
  const lane = await lockLane(tx, before.id)
  await openStretch(tx, context, lane, { conversationId: before.conversationId, fromSeq, at, by: 'system' })
}
