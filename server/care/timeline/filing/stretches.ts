import type { Clock } from '../../../platform/clock.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import type { Lane } from '../lanes/lanes.ts'
import type { FilingRules } from './rules.ts'

export interface Stretch {
  readonly conversationId: string
  /** First entry of the stretch. */
  readonly fromSeq: number
  readonly at: Date
  readonly by: 'subscriber' | 'agent' | 'system'
}

/**
 * Files a locked lane's entries from a seq on under a conversation: within the interaction that goes on, or in a new
 * one after a silence. The lane's earlier open stretch ends just before.
 */
export async function openStretch(
  tx: Executor,
  context: { readonly clock: Clock; readonly rules: FilingRules },
  lane: Lane,
  stretch: Stretch,
): Promise<void> {
  if (lane.interactionId && lane.conversationId === stretch.conversationId) return
  const interactionId = lane.interactionId ?? (await beginInteraction(tx, context, lane, stretch))
  await rows(
    tx,
    sql`update timeline.segment set to_seq = greatest(from_seq, ${stretch.fromSeq - 1})
      where lane_id = ${lane.id} and to_seq is null`,
  )
  await rows(
    tx,
    sql`insert into timeline.segment (id, interaction_id, conversation_id, lane_id, from_seq)
      values (${newId(context.clock)}, ${interactionId}, ${stretch.conversationId}, ${lane.id}, ${stretch.fromSeq})`,
  )
  await rows(
    tx,
    sql`update timeline.lane set interaction_id = ${interactionId}, conversation_id = ${stretch.conversationId} where id = ${lane.id}`,
  )
}

/** Opens the next interaction of a lane; one that fell silent ends where its entries end. */
async function beginInteraction(
  tx: Executor,
  context: { readonly clock: Clock; readonly rules: FilingRules },
  lane: Lane,
  { fromSeq, at, by }: Stretch,
): Promise<string> {
  await rows(
    tx,
    sql`update timeline.interaction set last_seq = greatest(first_seq, ${fromSeq - 1}), closed_at = ${at}, close_reason = 'silence'
      where lane_id = ${lane.id} and last_seq is null`,
  )
  const id = newId(context.clock)
  await rows(
    tx,
    sql`insert into timeline.interaction (id, lane_id, channel, first_seq, opened_at, opened_by, rules_version)
      values (${id}, ${lane.id}, ${lane.channel}, ${fromSeq}, ${at}, ${by}, ${context.rules.version})`,
  )
  return id
}

/** Ends the stretch and the interaction of a locked lane: its conversation was resolved. */
export async function closeStretch(tx: Executor, lane: Lane, at: Date): Promise<void> {
  await rows(
    tx,
    sql`update timeline.segment set to_seq = greatest(from_seq, ${lane.lastSeq}) where lane_id = ${lane.id} and to_seq is null`,
  )
  await rows(
    tx,
    sql`update timeline.interaction set last_seq = greatest(first_seq, ${lane.lastSeq}), closed_at = ${at}, close_reason = 'resolved'
      where lane_id = ${lane.id} and last_seq is null`,
  )
  await rows(tx, sql`update timeline.lane set interaction_id = null where id = ${lane.id}`)
}
