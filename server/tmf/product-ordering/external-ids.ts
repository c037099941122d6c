import { type Executor, rows, sql } from '../../platform/database/index.ts'

/** Keeps what a client calls an order; repeating it changes nothing. */
export async function keepExternalId(db: Executor, orderId: string, externalId: string): Promise<void> {
  await rows(
    db,
    sql`insert into tmf.external_order (order_id, external_id) values (${orderId}, ${externalId}) on conflict do nothing`,
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
