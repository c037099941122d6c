import type { TrafficType } from '../../../../contracts/amounts.ts'
import { type Executor, maybeOne, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { notSetAside } from '../../../platform/jobs/index.ts'

export interface DealRow {
  readonly id: string
  readonly number: number
  readonly purchaseId: string
  readonly lotId: string
  readonly type: TrafficType
  readonly units: number
  readonly priceKopecks: number
  readonly feeKopecks: number
  readonly sellerLineId: string
  readonly sellerId: string
  readonly sellerName: string | null
  readonly buyerLineId: string
  readonly buyerId: string
  readonly bucketId: string
  readonly at: Date
  readonly usableUntil: Date
  readonly reversedAt: Date | null
  readonly reversedKopecks: number | null
}

const DEAL = sql`id, number, purchase_id as "purchaseId", lot_id as "lotId", type, units, price_kopecks as "priceKopecks",
  fee_kopecks as "feeKopecks", seller_line_id as "sellerLineId", seller_id as "sellerId", seller_name as "sellerName",
  buyer_line_id as "buyerLineId", buyer_id as "buyerId", bucket_id as "bucketId", at, usable_until as "usableUntil",
  reversed_at as "reversedAt", reversed_kopecks as "reversedKopecks"`

export interface PurchaseRow {
  readonly id: string
  readonly lineId: string
  /** Of line, lots and sum: the same id with another content is a mistake of the sender. */
  readonly digest: Buffer
}

export const selectPurchases = (tx: Executor, ids: readonly string[]): Promise<PurchaseRow[]> =>
  rows(
    tx,
    sql<PurchaseRow>`select id, line_id as "lineId", digest from market.purchase where id = any(${[...ids]}::uuid[])`,
  )

export const dealsOfPurchases = (tx: Executor, ids: readonly string[]): Promise<DealRow[]> =>
  rows(
    tx,
    sql<DealRow>`select ${DEAL} from market.deal where purchase_id = any(${[...ids]}::uuid[]) order by number`,
  )

export type NewDeal = Omit<DealRow, 'number' | 'reversedAt' | 'reversedKopecks'>

/** Writes down purchases with their deals; gives the numbers of the deals, by id. */
export async function insertDeals(
  tx: Executor,
  purchases: readonly PurchaseRow[],
  deals: readonly NewDeal[],
  at: Date,
): Promise<Map<string, number>> {
  const column = <T>(of: (deal: NewDeal) => T) => deals.map(of)
  const inserted = await rows(
    tx,
    sql<{ id: string; number: number }>`
      with purchases as (
        insert into market.purchase (id, line_id, digest, at)
          select id, line_id, digest, ${at} from unnest(${purchases.map(({ id }) => id)}::uuid[],
            ${purchases.map(({ lineId }) => lineId)}::uuid[], ${purchases.map(({ digest }) => digest)}::bytea[])
            as n (id, line_id, digest))
      insert into market.deal (id, purchase_id, lot_id, type, units, price_kopecks, fee_kopecks, seller_line_id, seller_id,
        seller_name, buyer_line_id, buyer_id, bucket_id, at, usable_until)
      select * from unnest(${column(({ id }) => id)}::uuid[], ${column(({ purchaseId }) => purchaseId)}::uuid[],
        ${column(({ lotId }) => lotId)}::uuid[], ${column(({ type }) => type)}::text[], ${column(({ units }) => units)}::int[],
        ${column(({ priceKopecks }) => priceKopecks)}::bigint[], ${column(({ feeKopecks }) => feeKopecks)}::bigint[],
        ${column(({ sellerLineId }) => sellerLineId)}::uuid[], ${column(({ sellerId }) => sellerId)}::uuid[],
        ${column(({ sellerName }) => sellerName)}::text[], ${column(({ buyerLineId }) => buyerLineId)}::uuid[],
        ${column(({ buyerId }) => buyerId)}::uuid[], ${column(({ bucketId }) => bucketId)}::uuid[],
        ${column(({ at: when }) => when)}::timestamptz[], ${column(({ usableUntil }) => usableUntil)}::timestamptz[])
      returning id, number`,
  )
  return new Map(inserted.map(({ id, number }) => [id, number]))
}

export const selectDeal = (db: Executor, id: string): Promise<DealRow | undefined> =>
  maybeOne(db, sql<DealRow>`select ${DEAL} from market.deal where id = ${id}`)

export const selectDeals = (db: Executor, ids: readonly string[]): Promise<DealRow[]> =>
  rows(db, sql<DealRow>`select ${DEAL} from market.deal where id = any(${[...ids]}::uuid[]) order by number`)

export const lockDeal = (tx: Executor, id: string): Promise<DealRow | undefined> =>
  maybeOne(tx, sql<DealRow>`select ${DEAL} from market.deal where id = ${id} for no key update`)

/** Notes that a deal was taken back; it is locked. */
export async function markReversed(
  tx: Executor,
  id: string,
  reversed: { readonly at: Date; readonly kopecks: number },
): Promise<void> {
  await rows(
    tx,
    sql`update market.deal set reversed_at = ${reversed.at}, reversed_kopecks = ${reversed.kopecks}
      where id = ${id} and reversed_at is null`,
  )
}

export interface DealFilter {
  readonly buyerId?: string | undefined
  readonly sellerId?: string | undefined
  readonly buyerLineId?: string | undefined
  readonly lotId?: string | undefined
  readonly sellerLineId?: string | undefined
}

/** Deals before a place, newest first. */
export function selectNewestDeals(
  db: Executor,
  { buyerId, sellerId, buyerLineId, sellerLineId, lotId }: DealFilter,
  before: { readonly at: Date; readonly id: string } | undefined,
  limit: number,
): Promise<DealRow[]> {
  const conditions: RawSql[] = [sql`true`]
  if (buyerId !== undefined) conditions.push(sql`buyer_id = ${buyerId}`)
  if (sellerId !== undefined) conditions.push(sql`seller_id = ${sellerId}`)
  if (buyerLineId !== undefined) conditions.push(sql`buyer_line_id = ${buyerLineId}`)
  if (sellerLineId !== undefined) conditions.push(sql`seller_line_id = ${sellerLineId}`)
  if (lotId !== undefined) conditions.push(sql`lot_id = ${lotId}`)
  if (before) conditions.push(sql`(at, id) < (${before.at}, ${before.id})`)
  return rows(
    db,
    sql<DealRow>`select ${DEAL} from market.deal where ${sql.join(conditions, sql` and `)}
      order by at desc, id desc limit ${limit}`,
  )
}

/** Notes sales that sellers have to be told of, at once or so long after they were told last. */
export async function noteSales(
  tx: Executor,
  sales: readonly { readonly lineId: string; readonly dealIds: readonly string[] }[],
  { now, everyMs }: { readonly now: Date; readonly everyMs: number },
): Promise<void> {
  if (sales.length === 0) return
  await rows(
    tx,
    sql`insert into market.digest as d (line_id, due_at, deal_ids)
      select line_id, ${now}, array_agg(deal_id) from unnest(
        ${sales.flatMap(({ lineId, dealIds }) => dealIds.map(() => lineId))}::uuid[],
        ${sales.flatMap(({ dealIds }) => dealIds)}::uuid[]) as n (line_id, deal_id)
      group by line_id order by line_id
      on conflict (line_id) do update set deal_ids = d.deal_ids || excluded.deal_ids,
        due_at = coalesce(d.due_at, greatest(${now}, d.told_at + ${everyMs} * interval '1 millisecond'))`,
  )
}

/** Lines of sellers whom it is time to tell of sales, locked, at most so many; those that somebody else has in hand are left to them. */
export async function claimSellers(
  tx: Executor,
  now: Date,
  { work, limit }: { readonly work: string; readonly limit: number },
): Promise<string[]> {
  const due = await rows(
    tx,
    sql<{ lineId: string }>`
      select line_id as "lineId" from market.digest where due_at <= ${now} and ${notSetAside(work, sql`line_id`, now)}
      order by due_at limit ${limit} for update of digest skip locked`,
  )
  return due.map(({ lineId }) => lineId)
}

/** The same for one of them; none if somebody else has told them meanwhile. */
export async function claimSeller(tx: Executor, lineId: string, now: Date): Promise<string[]> {
  const due = await rows(
    tx,
    sql`select from market.digest where line_id = ${lineId} and due_at <= ${now} for update`,
  )
  return due.length > 0 ? [lineId] : []
}

/** Takes the sales of these lines, which are locked. Gives the ids of the deals. */
export async function takeSales(tx: Executor, lineIds: readonly string[], now: Date): Promise<string[]> {
  const taken = await rows(
    tx,
    sql<{ dealIds: string[] }>`
      with due as materialized (select line_id, deal_ids from market.digest where line_id = any(${[...lineIds]}::uuid[]))
      update market.digest d set due_at = null, told_at = ${now}, deal_ids = '{}' from due where d.line_id = due.line_id
      returning due.deal_ids as "dealIds"`,
  )
  return taken.flatMap(({ dealIds }) => dealIds)
}
