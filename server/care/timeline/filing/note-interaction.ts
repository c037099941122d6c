import type { EntryBody } from '../../../../contracts/entries.ts'
import { announce } from '../../../platform/bus/index.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import { lockLane } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'

/** A stretch of contact that was held where we were not: in a shop, by a courier. */
export interface HeldElsewhere {
  /** Made by the caller: UUID v7. */
  readonly id: string
  /** A contact point's lane of the person. */
  readonly laneId: string
  /** As the other system calls it: `shop`. */
  readonly channel: string
  readonly by: 'subscriber' | 'agent'
  readonly from: Date
  readonly to: Date
  /** Who tells of it. */
  readonly told: string
  /** Why, in a word or two. */
  readonly reason: string
  readonly words: string | null
}

/**
 * Files an interaction that has been held elsewhere: a mark on the person's lane and an interaction of its own, over from the start. What goes
 * on in the lane is not touched, and nobody is waiting because of it. Refuses with `not_found` (lane).
 */
export async function noteInteraction(
  tx: Executor,
  context: OutboundContext,
  { id, laneId, channel, by, from, to, told, reason, words }: HeldElsewhere,
): Promise<void> {
  await lockLane(tx, laneId)
  const body: EntryBody = {
    type: 'mark',
    mark: 'held-elsewhere',
    facts: { channel, by: told, reason, words, from: from.toISOString(), to: to.toISOString() },
  }
  const { seq } = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'internal',
    author: { kind: 'system', id: null },
    body,
    providerAt: from,
  })
  await rows(
    tx,
    sql`insert into timeline.interaction
        (id, lane_id, channel, first_seq, last_seq, opened_at, closed_at, close_reason, opened_by, rules_version)
      values (${id}, ${laneId}, ${channel}, ${seq}, ${seq}, ${from}, ${to}, 'resolved', ${by}, ${context.rules.version})`,
  )
  announce(tx, context.bus, { type: 'entries', lanes: [{ laneId, seq }] })
}
