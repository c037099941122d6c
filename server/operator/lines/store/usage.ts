import type { TrafficType } from '../../../../contracts/amounts.ts'
import { countChanged, type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { type HeldRange, within } from './held-lines.ts'

export interface UsageSum {
  readonly month: string
  readonly type: TrafficType
  readonly amount: number
}

/** What a line used at home that packages or rates pay for, by month of its calendar: data, and what went out from it. */
export function sumUsage(
  db: Executor,
  lineId: string,
  { from, to, timeZone }: { readonly from: Date; readonly to: Date; readonly timeZone: string },
): Promise<UsageSum[]> {
  return rows(
    db,
    sql<UsageSum>`
      select to_char(at at time zone ${timeZone}, 'YYYY-MM') as month, type, sum(amount)::bigint as amount
      from lines.usage
      where line_id = ${lineId} and at >= ${from} and at < ${to} and roaming is null and (direction = 'out' or type = 'data')
      group by 1, 2`,
  )
}

/** When the first thing that is known of a line's use happened; undefined = nothing is known. */
export async function firstUsageAt(db: Executor, lineId: string): Promise<Date | undefined> {
  const first = await maybeOne(
    db,
    sql<{ at: Date }>`select at from lines.usage where line_id = ${lineId} order by at limit 1`,
  )
  return first?.at
}

export interface UsageRow {
  readonly id: string
  readonly at: Date
  readonly type: TrafficType
  readonly direction: 'out' | 'in'
  readonly amount: number
  /** null = not settled yet. */
  readonly kopecks: number | null
  readonly roaming: string | null
  readonly other: string | null
}

export interface UsageRange {
  readonly lineId: string
  readonly from: Date
  readonly below: { readonly at: Date; readonly id: string }
  readonly type: TrafficType | undefined
}

/** Usage of a line below a place, newest first. */
export function selectUsage(
  db: Executor,
  { lineId, from, below, type }: UsageRange,
  limit: number,
): Promise<UsageRow[]> {
  const only = type === undefined ? sql`` : sql`and type = ${type}`
  return rows(
    db,
    sql<UsageRow>`
      select id, at, type, direction, amount, case when due_at is null then kopecks end as kopecks, roaming, other
      from lines.usage
      where line_id = ${lineId} ${only} and at >= ${from} and (at, id) < (${below.at}, ${below.id})
      order by at desc, id desc limit ${limit}`,
  )
}

/** Usage of somebody's time on a line, oldest first; `dataOnly`: without calls and messages. */
export function selectHeldUsage(
  db: Executor,
  range: HeldRange,
  { dataOnly, limit }: { readonly dataOnly: boolean; readonly limit: number },
): Promise<UsageRow[]> {
  return rows(
    db,
    sql<UsageRow>`
      select id, at, type, direction, amount, case when due_at is null then kopecks end as kopecks, roaming, other
      from lines.usage where ${within(range)} and ${dataOnly ? sql`type = 'data'` : sql`true`}
      order by at, id limit ${limit}`,
  )
}

export interface CallSum {
  readonly month: string
  readonly type: TrafficType
  readonly direction: 'out' | 'in'
  readonly count: number
  readonly amount: number
  readonly kopecks: number
}

/** Calls and messages of somebody's time on a line by month of its calendar: how many, never with whom or when. */
export function sumHeldCalls(db: Executor, range: HeldRange, timeZone: string): Promise<CallSum[]> {
  return rows(
    db,
    sql<CallSum>`
      select to_char(at at time zone ${timeZone}, 'YYYY-MM') as month, type, direction, count(*)::int as count,
        sum(amount)::bigint as amount, sum(kopecks)::bigint as kopecks
      from lines.usage where ${within(range)} and type <> 'data' group by 1, 2, 3 order by 1, 2, 3`,
  )
}

/** Destroys settled usage from before an instant, at most so many rows. What was charged for it stays in the ledger and on the bill. */
export function eraseOldUsage(tx: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    tx,
    sql`delete from lines.usage where ctid = any(array(
      select ctid from lines.usage where due_at is null and at < ${before} order by at limit ${limit} for update skip locked))`,
  )
}
