import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { LotReturn, LotState, Mood } from '../../../../contracts/market.ts'
import { ERASED } from '../../../../contracts/orders.ts'
import {
  anyOf,
  type Executor,
  maybeOne,
  one,
  type RawSql,
  rows,
  sql,
} from '../../../platform/database/index.ts'
import { notSetAside } from '../../../platform/jobs/index.ts'

export interface LotRow {
  readonly id: string
  readonly lineId: string
  readonly sellerId: string
  readonly type: TrafficType
  readonly units: number
  readonly priceKopecks: number
  readonly version: number
  readonly state: LotState
  readonly returned: LotReturn | null
  readonly sellerName: string | null
  readonly moods: Mood[]
  readonly house: boolean
  readonly frozen: boolean
  readonly frozenFor: string | null
  readonly bucketId: string
  readonly listedAt: Date
  readonly endsAt: Date
  readonly raisedUntil: Date | null
  readonly closedAt: Date | null
  readonly dealId: string | null
}

export const LOT = sql`id, line_id as "lineId", seller_id as "sellerId", type, units, price_kopecks as "priceKopecks", version, state,
  returned, seller_name as "sellerName", moods, house, frozen, frozen_for as "frozenFor", bucket_id as "bucketId",
  listed_at as "listedAt", ends_at as "endsAt", raised_until as "raisedUntil", closed_at as "closedAt", deal_id as "dealId"`

export const selectLot = (db: Executor, id: string): Promise<LotRow | undefined> =>
  maybeOne(db, sql<LotRow>`select ${LOT} from market.lot where id = ${id}`)

/** Whose a lot is, which never changes. */
export type LotOwner = Pick<LotRow, 'id' | 'lineId' | 'sellerId'>

export const selectOwners = (db: Executor, ids: readonly string[]): Promise<LotOwner[]> =>
  rows(
    db,
    sql<LotOwner>`select id, line_id as "lineId", seller_id as "sellerId" from market.lot where id = ${anyOf(ids)}`,
  )

/** Locks lots in the order of their ids. */
export const lockLots = (tx: Executor, ids: readonly string[]): Promise<LotRow[]> =>
  rows(tx, sql<LotRow>`select ${LOT} from market.lot where id = ${anyOf(ids)} order by id for no key update`)

/** Of how a lot was listed: the same id with another content is a mistake of the sender. Undefined: there is no such lot. */
export async function selectDigest(tx: Executor, id: string): Promise<Buffer | undefined> {
  return (await maybeOne(tx, sql<{ digest: Buffer }>`select digest from market.lot where id = ${id}`))?.digest
}

export async function insertLot(
  tx: Executor,
  lot: Omit<
    LotRow,
    'version' | 'state' | 'returned' | 'frozen' | 'frozenFor' | 'raisedUntil' | 'closedAt' | 'dealId'
  > & {
    readonly digest: Buffer
  },
): Promise<LotRow> {
  return one(
    tx,
    sql<LotRow>`insert into market.lot
        (id, line_id, seller_id, type, units, price_kopecks, seller_name, moods, house, bucket_id, digest, listed_at, ends_at)
      values (${lot.id}, ${lot.lineId}, ${lot.sellerId}, ${lot.type}, ${lot.units}, ${lot.priceKopecks}, ${lot.sellerName},
        ${lot.moods}::text[], ${lot.house}, ${lot.bucketId}, ${lot.digest}, ${lot.listedAt}, ${lot.endsAt})
      returning ${LOT}`,
  )
}

/** How a lot looks and costs from now on; another price is another version. It is locked. */
export function updateLot(
  tx: Executor,
  { id, priceKopecks, moods, sellerName }: Pick<LotRow, 'id' | 'priceKopecks' | 'moods' | 'sellerName'>,
): Promise<LotRow> {
  return one(
    tx,
    sql<LotRow>`update market.lot set version = version + case when price_kopecks = ${priceKopecks} then 0 else 1 end,
        price_kopecks = ${priceKopecks}, moods = ${moods}::text[], seller_name = ${sellerName}
      where id = ${id} returning ${LOT}`,
  )
}

/** Ends lots that the caller holds and that are active; gives them as they stand then. */
export function closeLots(
  tx: Executor,
  ids: readonly string[],
  {
    state,
    returned = null,
    at,
  }: { readonly state: LotState; readonly returned?: LotReturn | null; readonly at: Date },
): Promise<LotRow[]> {
  return rows(
    tx,
    sql<LotRow>`update market.lot set state = ${state}, returned = ${returned}, closed_at = ${at}
      where id = any(${[...ids]}::uuid[]) and state = 'active' returning ${LOT}`,
  )
}

/** The same for lots that were sold, each in its deal. */
export async function sellLots(
  tx: Executor,
  sold: readonly { readonly lotId: string; readonly dealId: string }[],
  at: Date,
): Promise<void> {
  await rows(
    tx,
    sql`update market.lot l set state = 'sold', deal_id = n.deal_id, closed_at = ${at}
      from unnest(${sold.map(({ lotId }) => lotId)}::uuid[], ${sold.map(({ dealId }) => dealId)}::uuid[]) as n (id, deal_id)
      where l.id = n.id`,
  )
}

/** Active lots of a line's type, locked in the order of their ids: the line is locked, nobody adds any. */
export const lockActive = (tx: Executor, lineId: string, type: TrafficType): Promise<LotRow[]> =>
  rows(
    tx,
    sql<LotRow>`select ${LOT} from market.lot where line_id = ${lineId} and type = ${type} and state = 'active'
      order by id for no key update`,
  )

/** How many lots of a seller are on sale, up to `most`. */
export async function countActive(db: Executor, sellerId: string, most: number): Promise<number> {
  const { count } = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count from (
      select 1 from market.lot where seller_id = ${sellerId} and state = 'active' limit ${most}) counted`,
  )
  return count
}

/** Lines that have lots whose days are over, at most so many lots; without those on which the work is set aside. */
export async function linesWithDue(
  db: Executor,
  now: Date,
  { work, limit }: { readonly work: string; readonly limit: number },
): Promise<string[]> {
  const due = await rows(
    db,
    sql<{
      lineId: string
    }>`select line_id as "lineId" from market.lot where state = 'active' and ends_at <= ${now}
        and ${notSetAside(work, sql`line_id`, now)}
      order by ends_at limit ${limit}`,
  )
  return [...new Set(due.map(({ lineId }) => lineId))]
}

export interface LotPlace {
  readonly at: Date
  readonly id: string
}

export interface LotFilter {
  readonly lineId?: string | undefined
  readonly sellerId?: string | undefined
  readonly active?: boolean | undefined
  readonly frozen?: boolean | undefined
}

/** Lots before a place, newest first. */
export function selectNewestLots(
  db: Executor,
  { lineId, sellerId, active, frozen }: LotFilter,
  before: LotPlace | undefined,
  limit: number,
): Promise<LotRow[]> {
  const conditions: RawSql[] = [sql`true`]
  if (lineId !== undefined) conditions.push(sql`line_id = ${lineId}`)
  if (sellerId !== undefined) conditions.push(sql`seller_id = ${sellerId}`)
  if (active !== undefined) conditions.push(active ? sql`state = 'active'` : sql`state <> 'active'`)
  if (frozen === true) conditions.push(sql`frozen and state = 'active'`)
  if (before) conditions.push(sql`(listed_at, id) < (${before.at}, ${before.id})`)
  return rows(
    db,
    sql<LotRow>`select ${LOT} from market.lot where ${sql.join(conditions, sql` and `)}
      order by listed_at desc, id desc limit ${limit}`,
  )
}

/** Destroys names and words on the lots and deals of a seller, and the words about them. Gives how many rows. */
export async function eraseWords(tx: Executor, sellerId: string): Promise<number> {
  const { erased } = await one(
    tx,
    sql<{ erased: number }>`
      with named as (
        select id from market.lot where seller_id = ${sellerId} and (seller_name is not null or frozen_for is not null)
        order by id for no key update),
      lots as (
        update market.lot l set seller_name = null, frozen_for = case when l.frozen_for is not null then ${ERASED} end
        from named where l.id = named.id returning 1),
      deals as (
        update market.deal set seller_name = null where seller_id = ${sellerId} and seller_name is not null returning 1),
      traders as (
        update market.trader set frozen_for = ${ERASED} where party_id = ${sellerId} and frozen_for is not null returning 1)
      select ((select count(*) from lots) + (select count(*) from deals) + (select count(*) from traders))::int as erased`,
  )
  return erased
}
