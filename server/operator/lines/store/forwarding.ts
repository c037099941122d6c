import type { z } from 'zod'
import type { ForwardingCondition } from '../../../../contracts/orders.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'

export interface ForwardingRow {
  readonly lineId: string
  readonly condition: z.infer<typeof ForwardingCondition>
  readonly toMsisdn: string
}

export function selectForwarding(db: Executor, lineId: string): Promise<Omit<ForwardingRow, 'lineId'>[]> {
  return rows(
    db,
    sql<Omit<ForwardingRow, 'lineId'>>`
      select condition, to_msisdn as "toMsisdn" from lines.forwarding where line_id = ${lineId} order by condition`,
  )
}

export async function upsertForwarding(
  tx: Executor,
  { lineId, condition, toMsisdn }: ForwardingRow,
): Promise<void> {
  await rows(
    tx,
    sql`insert into lines.forwarding (line_id, condition, to_msisdn) values (${lineId}, ${condition}, ${toMsisdn})
        on conflict (line_id, condition) do update set to_msisdn = excluded.to_msisdn`,
  )
}

/** Ends the forwarding under a condition, or all of the line's. */
export async function deleteForwarding(tx: Executor, lineId: string, condition?: string): Promise<void> {
  await rows(
    tx,
    sql`delete from lines.forwarding
        where line_id = ${lineId} and (${condition ?? null}::text is null or condition = ${condition ?? null})`,
  )
}
