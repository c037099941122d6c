import { createHash } from 'node:crypto'
import { stringify } from 'uuid'
import { type Executor, rows, sql } from '../../platform/database/index.ts'

/**
 * The id of the order that a client calls so: the same name is the same order, so that a repeat is done once, whoever lost the answer.
 * A UUID of version 8 (RFC 9562 §5.8).
 */
export function orderIdOf(clientId: string, way: 'external-id' | 'key', name: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([clientId, way, name]))
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return stringify(bytes)
}

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
