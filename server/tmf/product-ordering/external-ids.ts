import type { LaneSpan } from '../../care/timeline/index.ts'
import { countChanged, type Executor, rows, sql } from '../../platform/database/index.ts'

export interface NamedOrder {
  readonly orderId: string
  readonly lineId: string
  readonly externalId: string
  readonly at: Date
}

/** Keeps what a client calls an order; repeating it changes nothing. */
export async function keepExternalId(db: Executor, order: NamedOrder): Promise<void> {
  const { orderId, lineId, externalId, at } = order
  await rows(
    db,
    sql`insert into tmf.external_order (order_id, external_id, line_id, named_at)
      values (${orderId}, ${externalId}, ${lineId}, ${at}) on conflict do nothing`,
  )
}

/** Destroys what clients called orders of lines within the stretches that these were somebody's. Gives how many. */
export function eraseExternalIds(
  tx: Executor,
  stretches: readonly Pick<LaneSpan, 'laneId' | 'from' | 'to'>[],
): Promise<number> {
  return countChanged(
    tx,
    sql`delete from tmf.external_order x
      using unnest(${stretches.map(({ laneId }) => laneId)}::uuid[], ${stretches.map(({ from }) => from)}::timestamptz[],
        ${stretches.map(({ to }) => to)}::timestamptz[]) as s (line_id, since, until)
      where x.line_id = s.line_id and (s.since is null or x.named_at >= s.since) and (s.until is null or x.named_at < s.until)`,
  )
}

/** What clients call these orders, by order. */
export async function externalIdsOf(db: Executor, orderIds: readonly string[]): Promise<Map<string, string>> {
  const named = await rows(
    db,
    sql<{ orderId: string; externalId: string }>`select order_id as "orderId", external_id as "externalId"
      from tmf.external_order where order_id = any(${[...orderIds]}::uuid[])`,
  )
  return new Map(named.map(({ orderId, externalId }) => [orderId, externalId]))
}
