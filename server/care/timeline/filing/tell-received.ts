import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { InboundContext } from '../inbound/context.ts'

/** Tells other systems of the messages that accepted batches brought, with the matters that they are filed under by now. */
export async function tellReceived(
  tx: Executor,
  { outside }: Pick<InboundContext, 'outside'>,
  arrivalIds: readonly number[],
): Promise<void> {
  if (!outside.hears('message.received')) return
  const messages = await rows(
    tx,
    sql<{ laneId: string; seq: number; conversationId: string | null }>`
      select e.lane_id as "laneId", e.seq, l.conversation_id as "conversationId"
      from timeline.arrival a cross join lateral unnest(a.lane_ids, a.seqs) as k(lane_id, seq)
      join timeline.entry e on e.lane_id = k.lane_id and e.seq = k.seq and e.kind = 'message' and e.direction = 'in'
      join timeline.lane l on l.id = e.lane_id
      where a.id = any(${[...arrivalIds]}::bigint[]) order by a.id, e.lane_id, e.seq`,
  )
  await outside.tell(
    tx,
    messages.map((message) => ({ event: 'message.received' as const, ...message })),
  )
}
