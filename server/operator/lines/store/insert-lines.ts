import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { LineState } from '../line-state.ts'

/** New lines whose first period has not been paid; false = a number is taken, nothing was inserted. */
export async function insertLines(tx: Executor, list: readonly LineState[]): Promise<boolean> {
  const column = <V>(value: (line: LineState) => V) => list.map(value)
  const inserted = await rows(
    tx,
    sql`
      insert into lines.line (id, msisdn, region, time_zone, state, cash_id, held_id, tariff_id, anchor_at, period_no, period_from,
        period_to, period_paid, opened_at)
      select n.id, n.msisdn, n.region, n.time_zone, 'suspended', n.cash_id, n.held_id, n.tariff_id, n.opened_at, 0, n.opened_at,
        n.opened_at, false, n.opened_at
      from unnest(${column(({ id }) => id)}::uuid[], ${column(({ msisdn }) => msisdn)}::text[],
        ${column(({ region }) => region)}::text[], ${column(({ timeZone }) => timeZone)}::text[],
        ${column(({ cash }) => cash.id)}::uuid[], ${column(({ held }) => held.id)}::uuid[],
        ${column(({ tariff }) => tariff.id)}::uuid[], ${column(({ openedAt }) => openedAt)}::timestamptz[])
        as n (id, msisdn, region, time_zone, cash_id, held_id, tariff_id, opened_at)
      on conflict (msisdn) where state <> 'ended' do nothing
      returning id`,
  )
  return inserted.length === list.length
}
