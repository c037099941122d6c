import type { TrafficType } from '../../../../contracts/amounts.ts'
import { type Executor, one, rows, sql } from '../../../platform/database/index.ts'
import { LOT, type LotRow } from './lots.ts'

/** Lots of a size: of one type, with so many units. */
export interface Size {
  readonly type: TrafficType
  readonly units: number
}

export interface BookChange extends Size {
  readonly priceKopecks: number
  /** How many there are more; negative = fewer. */
  readonly lots: number
}

/** Notes that there are more or fewer lots at a price; summed later, so that nobody queues for a size that everybody trades. */
export async function noteChanges(tx: Executor, changes: readonly BookChange[]): Promise<void> {
  if (changes.length === 0) return
  const column = <T>(of: (change: BookChange) => T) => changes.map(of)
  await rows(
    tx,
    sql`insert into market.book_change (type, units, price_kopecks, lots)
      select * from unnest(${column(({ type }) => type)}::text[], ${column(({ units }) => units)}::int[],
        ${column(({ priceKopecks }) => priceKopecks)}::bigint[], ${column(({ lots }) => lots)}::int[])`,
  )
}

/** Takes at most so many changes out of the queue and adds them up. Gives how many. */
export async function sumChanges(db: Executor, most: number): Promise<number> {
  const { taken } = await one(
    db,
    sql<{ taken: number }>`with taken as (
        delete from market.book_change where ctid = any(array(
          select ctid from market.book_change limit ${most} for update skip locked))
        returning type, units, price_kopecks, lots),
      levels as (
        insert into market.level as l (type, units, price_kopecks, lots)
          select type, units, price_kopecks, sum(lots) from taken group by 1, 2, 3 having sum(lots) <> 0 order by 1, 2, 3
        on conflict (type, units, price_kopecks) do update set lots = l.lots + excluded.lots),
      tiers as (
        insert into market.tier as t (type, units, lots, kopecks)
          select type, units, sum(lots), sum(lots * price_kopecks) from taken group by 1, 2 order by 1, 2
        on conflict (type, units) do update set lots = t.lots + excluded.lots, kopecks = t.kopecks + excluded.kopecks)
      select count(*)::int as taken from taken`,
  )
  return taken
}

export interface TierRow {
  readonly units: number
  readonly lots: number
  readonly kopecks: number
  /** null = none is on sale at this moment. */
  readonly cheapest: number | null
}

/** Sizes of a type that are on sale, the smallest first; frozen lots are none of them. */
export function selectTiers(db: Executor, type: TrafficType): Promise<TierRow[]> {
  return rows(
    db,
    sql<TierRow>`
      select t.units, t.lots, t.kopecks, (
        select l.price_kopecks from market.lot l
        where l.type = ${type} and l.units = t.units and l.state = 'active' and not l.frozen
        order by l.price_kopecks limit 1) as cheapest
      from (
        select units, sum(lots)::bigint as lots, sum(kopecks)::bigint as kopecks from (
          select units, lots, kopecks from market.tier where type = ${type}
          union all
          select units, lots, lots * price_kopecks from market.book_change where type = ${type}) c
        group by units having sum(lots) > 0) t
      order by t.units`,
  )
}

export interface LevelRow {
  readonly priceKopecks: number
  readonly lots: number
}

/** How many lots of a size there are at each price, the best first. */
export function selectLevels(db: Executor, { type, units }: Size, limit: number): Promise<LevelRow[]> {
  return rows(
    db,
    sql<LevelRow>`
      select price_kopecks as "priceKopecks", sum(lots)::int as lots from (
        (select price_kopecks, lots from market.level where type = ${type} and units = ${units} and lots <> 0
          order by price_kopecks limit ${limit * 2})
        union all
        select price_kopecks, lots from market.book_change where type = ${type} and units = ${units}) c
      group by price_kopecks having sum(lots) > 0 order by price_kopecks limit ${limit}`,
  )
}

/** How many lots of a size there are at a price or below. */
export async function countUpTo(db: Executor, { type, units }: Size, priceKopecks: number): Promise<number> {
  const { lots } = await one(
    db,
    sql<{ lots: number }>`select coalesce(sum(lots), 0)::int as lots from (
      select lots from market.level where type = ${type} and units = ${units} and price_kopecks <= ${priceKopecks}
      union all
      select lots from market.book_change where type = ${type} and units = ${units} and price_kopecks <= ${priceKopecks}) c`,
  )
  return lots
}

/** How many lots of a size were listed below a price since an instant, up to `most`. */
export async function countListedBelow(
  db: Executor,
  { type, units }: Size,
  {
    priceKopecks,
    since,
    most,
  }: { readonly priceKopecks: number; readonly since: Date; readonly most: number },
): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count from (
      select 1 from market.lot where type = ${type} and units = ${units} and listed_at > ${since}
        and price_kopecks < ${priceKopecks} limit ${most}) counted`,
  )
  return count
}

export interface BookPlace {
  /** Of the lot (of one size), or millionths of a kopeck a unit (of any). */
  readonly price: number
  readonly at: Date
  readonly id: string
}

export type BookRow = LotRow & { readonly unitPrice: number }

/** Lots on sale after a place: the best price first, then who was first. */
export function selectBook(
  db: Executor,
  { type, units }: { readonly type: TrafficType; readonly units: number | null },
  ask: {
    readonly now: Date
    readonly after?: BookPlace | undefined
    readonly limit: number
    /** Millionths of a kopeck a unit. */
    readonly ceiling?: number | undefined
  },
): Promise<BookRow[]> {
  const { now, after, limit, ceiling } = ask
  const price = units === null ? sql`unit_price` : sql`price_kopecks`
  return rows(
    db,
    sql<BookRow>`select ${LOT}, unit_price as "unitPrice" from market.lot
      where type = ${type} and ${units === null ? sql`true` : sql`units = ${units}`} and state = 'active' and not frozen
        and ends_at > ${now} and ${ceiling === undefined ? sql`true` : sql`unit_price <= ${ceiling}`}
        and ${after ? sql`(${price}, listed_at, id) > (${after.price}, ${after.at}, ${after.id})` : sql`true`}
      order by ${price}, listed_at, id limit ${limit}`,
  )
}

/** Lots whose raise is not over, in the order of their ids. */
export function selectRaised(
  db: Executor,
  { type, units }: { readonly type: TrafficType; readonly units: number | null },
  now: Date,
  limit: number,
): Promise<LotRow[]> {
  return rows(
    db,
    sql<LotRow>`select ${LOT} from market.lot
      where type = ${type} and ${units === null ? sql`true` : sql`units = ${units}`} and state = 'active' and not frozen
        and raised_until > ${now} and ends_at > ${now} order by id limit ${limit}`,
  )
}
