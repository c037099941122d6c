import type { TrafficType } from '../../../../contracts/amounts.ts'
import { type Executor, maybeOne, one, rows, sql } from '../../../platform/database/index.ts'
import type { Size } from './book.ts'

/** Up to where deals are summed by hours; who asks sums alone until the transaction ends. Undefined: somebody else sums. */
export async function claimSummed(tx: Executor): Promise<Date | undefined> {
  await rows(
    tx,
    sql`insert into market.summed (what, until) values ('hours', '1970-01-01') on conflict do nothing`,
  )
  const row = await maybeOne(
    tx,
    sql<{ until: Date }>`select until from market.summed where what = 'hours' for update skip locked`,
  )
  return row?.until
}

/** Sums deals of hours between two instants. */
export async function sumHours(tx: Executor, from: Date, to: Date): Promise<void> {
  await rows(
    tx,
    sql`insert into market.hour (type, units, at, deals, kopecks, low_kopecks, high_kopecks, fee_kopecks)
      select type, units, date_trunc('hour', at, 'UTC'), count(*), sum(price_kopecks), min(price_kopecks), max(price_kopecks), sum(fee_kopecks)
      from market.deal where at >= ${from} and at < ${to} group by 1, 2, 3
      on conflict (type, units, at) do nothing`,
  )
  await rows(tx, sql`update market.summed set until = ${to} where what = 'hours'`)
}

export interface HourRow {
  readonly at: Date
  readonly deals: number
  readonly units: number
  readonly kopecks: number
  /** Of a unit. */
  readonly low: number
  readonly high: number
}

const ofSize = ({ type, units }: { readonly type: TrafficType; readonly units: number | null }) =>
  units === null ? sql`type = ${type}` : sql`type = ${type} and units = ${units}`

/** What was sold since an instant by hour or day of UTC, oldest first: hours that are summed, and the deals after them. */
export function selectHistory(
  db: Executor,
  size: { readonly type: TrafficType; readonly units: number | null },
  since: Date,
  step: 'hour' | 'day',
): Promise<HourRow[]> {
  return rows(
    db,
    sql<HourRow>`
      with summed as (select coalesce((select until from market.summed where what = 'hours'), '1970-01-01') as until),
      parts as (
        select at, deals, deals * units as units, kopecks, low_kopecks::float8 / units as low, high_kopecks::float8 / units as high
          from market.hour where ${ofSize(size)} and at >= ${since}
        union all
        select at, 1, units, price_kopecks, price_kopecks::float8 / units, price_kopecks::float8 / units
          from market.deal, summed where ${ofSize(size)} and at >= greatest(${since}, summed.until))
      select date_trunc(${step}, at, 'UTC') as at, sum(deals)::int as deals, sum(units)::int as units, sum(kopecks)::bigint as kopecks,
        min(low) as low, max(high) as high
      from parts group by 1 order by 1`,
  )
}

/** How many lots of a size were sold since an instant. */
export async function countSold(db: Executor, { type, units }: Size, since: Date): Promise<number> {
  const { deals } = await one(
    db,
    sql<{ deals: number }>`
      with summed as (select coalesce((select until from market.summed where what = 'hours'), '1970-01-01') as until)
      select (coalesce((select sum(deals) from market.hour where type = ${type} and units = ${units} and at >= ${since}), 0)
        + (select count(*) from market.deal, summed
           where type = ${type} and units = ${units} and at >= greatest(${since}, summed.until)))::int as deals`,
  )
  return deals
}
