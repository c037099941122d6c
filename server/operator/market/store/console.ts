import type { TrafficType } from '../../../../contracts/amounts.ts'
import { type Executor, one, rows, sql } from '../../../platform/database/index.ts'
import { LOT, type LotRow } from './lots.ts'

export interface TypeTotals {
  readonly type: TrafficType
  readonly lots: number
  readonly units: number
  readonly deals: number
  readonly unitsSold: number
  readonly kopecks: number
  readonly fees: number
}

/** What is on sale of each type, and what was sold since an instant: hours that are summed, and the deals after them. */
export function selectTotals(db: Executor, since: Date): Promise<TypeTotals[]> {
  return rows(
    db,
    sql<TypeTotals>`
      with summed as (select coalesce((select until from market.summed where what = 'hours'), '1970-01-01') as until),
      book as (
        select type, sum(lots) as lots, sum(lots * units) as units from (
          select type, units, lots from market.tier union all select type, units, lots from market.book_change) c group by type),
      sold as (
        select type, sum(deals) as deals, sum(units) as units, sum(kopecks) as kopecks, sum(fees) as fees from (
          select type, deals, deals * units as units, kopecks, fee_kopecks as fees from market.hour where at >= ${since}
          union all
          select type, 1, units, price_kopecks, fee_kopecks from market.deal, summed where at >= greatest(${since}, summed.until)) c
        group by type)
      select t.type, coalesce(book.lots, 0)::int as lots, coalesce(book.units, 0)::bigint as units,
        coalesce(sold.deals, 0)::int as deals, coalesce(sold.units, 0)::bigint as "unitsSold",
        coalesce(sold.kopecks, 0)::bigint as kopecks, coalesce(sold.fees, 0)::bigint as fees
      from unnest(array['data', 'voice', 'sms']) with ordinality as t (type, place)
      left join book using (type) left join sold using (type) order by t.place`,
  )
}

export interface HourTotals {
  readonly at: Date
  readonly deals: number
  readonly kopecks: number
}

/** What was sold in each hour of UTC from one to another, both included, oldest first; hours of silence as well. */
export function selectHourTotals(
  db: Executor,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<HourTotals[]> {
  return rows(
    db,
    sql<HourTotals>`
      with summed as (select coalesce((select until from market.summed where what = 'hours'), '1970-01-01') as until),
      sold as (
        select at, sum(deals) as deals, sum(kopecks) as kopecks from (
          select at, deals, kopecks from market.hour where at >= ${from}
          union all
          select date_trunc('hour', at, 'UTC'), 1, price_kopecks from market.deal, summed where at >= greatest(${from}, summed.until)) c
        group by at)
      select h.at, coalesce(sold.deals, 0)::int as deals, coalesce(sold.kopecks, 0)::bigint as kopecks
      from generate_series(${from}::timestamptz, ${to}::timestamptz, interval '1 hour') as h (at)
      left join sold using (at) order by h.at`,
  )
}

export interface Watched {
  readonly frozenLots: number
  readonly frozenSellers: number
  readonly slowed: number
}

/** How many are frozen or slowed, each counted up to `most`. */
export function countWatched(db: Executor, now: Date, most: number): Promise<Watched> {
  return one(
    db,
    sql<Watched>`select
      (select count(*)::int from (select 1 from market.lot where frozen and state = 'active' limit ${most}) c) as "frozenLots",
      (select count(*)::int from (select 1 from market.trader where frozen_at is not null limit ${most}) c) as "frozenSellers",
      (select count(*)::int from (select 1 from market.trader where slowed_until > ${now} limit ${most}) c) as slowed`,
  )
}

export interface WatchedRow {
  readonly id: string
  readonly slowedUntil: Date | null
  readonly frozenAt: Date | null
  readonly frozenBy: string | null
  readonly frozenFor: string | null
}

/** Who was frozen last, and who is slowed longest, each at most `limit`. */
export function selectWatched(db: Executor, now: Date, limit: number): Promise<WatchedRow[]> {
  return rows(
    db,
    sql<WatchedRow>`
      (select party_id as id, slowed_until as "slowedUntil", frozen_at as "frozenAt", frozen_by as "frozenBy", frozen_for as "frozenFor"
        from market.trader where frozen_at is not null order by frozen_at desc limit ${limit})
      union all
      (select party_id, slowed_until, null, null, null
        from market.trader where slowed_until > ${now} and frozen_at is null order by slowed_until desc limit ${limit})`,
  )
}

export interface PairTotals {
  readonly sellerId: string
  readonly buyerId: string
  readonly deals: number
  readonly kopecks: number
  readonly bothWays: boolean
  readonly aboveAverage: number
}

/**
 * People who deal with each other again and again since a day, or in both directions: the most often first. What one paid the other for a unit
 * is compared with what everybody paid for the type.
 */
export function selectPairTotals(
  db: Executor,
  {
    day,
    since,
    deals,
    limit,
  }: { readonly day: string; readonly since: Date; readonly deals: number; readonly limit: number },
): Promise<PairTotals[]> {
  return rows(
    db,
    sql<PairTotals>`
      with pairs as (
        select seller_id, buyer_id, sum(deals)::int as deals, sum(kopecks)::bigint as kopecks
        from market.pair where day >= ${day}::date group by 1, 2),
      striking as (
        select p.*, o.seller_id is not null as both_ways from pairs p
        left join pairs o on o.seller_id = p.buyer_id and o.buyer_id = p.seller_id
        where p.deals >= ${deals} or o.seller_id is not null
        order by p.deals + coalesce(o.deals, 0) desc, p.kopecks desc limit ${limit}),
      average as (
        select type, sum(kopecks)::float8 / sum(units) as unit from (
          select type, kopecks, deals * units as units from market.hour where at >= ${since}
          union all
          select type, price_kopecks, units from market.deal
            where at >= greatest(${since}, (select until from market.summed where what = 'hours'))) c
        group by type)
      select s.seller_id as "sellerId", s.buyer_id as "buyerId", s.deals, s.kopecks, s.both_ways as "bothWays",
        coalesce((
          select avg(d.price_kopecks::float8 / d.units / a.unit) from market.deal d join average a using (type)
          where d.seller_id = s.seller_id and d.buyer_id = s.buyer_id and d.at >= ${since}), 1) as "aboveAverage"
      from striking s order by s.deals desc, s.kopecks desc`,
  )
}

/** Freezes a lot for a reason, or no more; it stays frozen while its seller is. It is locked. */
export function freezeRow(
  tx: Executor,
  id: string,
  { reason, sellerFrozen }: { readonly reason: string | null; readonly sellerFrozen: boolean },
): Promise<LotRow> {
  return one(
    tx,
    sql<LotRow>`update market.lot set frozen_for = ${reason}, frozen = ${reason !== null || sellerFrozen}
      where id = ${id} returning ${LOT}`,
  )
}

/** Freezes all lots of a seller that are on sale, or those no more that are not frozen for themselves. Gives those that changed. */
export function freezeRowsOf(tx: Executor, sellerId: string, frozen: boolean): Promise<LotRow[]> {
  return rows(
    tx,
    sql<LotRow>`update market.lot set frozen = ${frozen} where id = any(array(
        select id from market.lot where seller_id = ${sellerId} and state = 'active' and frozen <> ${frozen} and frozen_for is null
        order by id for no key update))
      returning ${LOT}`,
  )
}
