import { anyOf, countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'

/** Somebody on the Market, over all their numbers. */
export interface TraderRow {
  readonly partyId: string
  /** What follows is counted for this day of a line's calendar, `2026-02-28`. */
  readonly day: string
  readonly listed: number
  readonly bought: number
  readonly spentKopecks: number
  /** Acts that had not worn off by `paceAt`. */
  readonly pace: number
  readonly paceAt: Date
  /** Between the last two acts, in milliseconds; null = there were none, or not within a day. */
  readonly gapMs: number | null
  /** Acts in a row that came after the same distance. */
  readonly steady: number
  readonly slowedUntil: Date | null
  readonly frozenAt: Date | null
  readonly frozenBy: string | null
  readonly frozenFor: string | null
}

const COLUMNS = sql`party_id as "partyId", day::text as day, listed, bought, spent_kopecks as "spentKopecks", pace,
  pace_at as "paceAt", gap_ms as "gapMs", steady, slowed_until as "slowedUntil", frozen_at as "frozenAt", frozen_by as "frozenBy", frozen_for as "frozenFor"`

/** Locks traders in the order of their ids; who never came before is written down first. */
export async function lockTraders(
  tx: Executor,
  partyIds: readonly string[],
  now: Date,
): Promise<Map<string, TraderRow>> {
  const ids = [...new Set(partyIds)]
  const lock = () =>
    rows(
      tx,
      sql<TraderRow>`
        with known as materialized (
          select * from market.trader where party_id = ${anyOf(ids)} order by party_id for update),
        fresh as (
          insert into market.trader (party_id, day, pace_at)
            select id, '0001-01-01', ${now} from unnest(${ids}::uuid[]) as new (id)
            where not exists (select from market.trader t where t.party_id = new.id) order by id
          on conflict do nothing returning *)
        select ${COLUMNS} from (select * from known union all select * from fresh) locked`,
    )
  const locked = await lock()
  // Somebody else wrote one of them down at the same moment: now it is there to be seen.
  const found = locked.length < ids.length ? await lock() : locked
  return new Map(found.map((row) => [row.partyId, row]))
}

export async function selectTrader(db: Executor, partyId: string): Promise<TraderRow | undefined> {
  const [row] = await rows(
    db,
    sql<TraderRow>`select ${COLUMNS} from market.trader where party_id = ${partyId}`,
  )
  return row
}

/** Writes down what traders did; they are locked. */
export async function updateTraders(tx: Executor, traders: readonly TraderRow[]): Promise<void> {
  if (traders.length === 0) return
  const column = <T>(of: (row: TraderRow) => T) => traders.map(of)
  await rows(
    tx,
    sql`update market.trader t set day = n.day, listed = n.listed, bought = n.bought, spent_kopecks = n.spent, pace = n.pace,
        pace_at = n.pace_at, gap_ms = n.gap_ms, steady = n.steady, slowed_until = n.slowed_until, frozen_at = n.frozen_at, frozen_by = n.frozen_by, frozen_for = n.frozen_for
      from unnest(${column(({ partyId }) => partyId)}::uuid[], ${column(({ day }) => day)}::date[],
        ${column(({ listed }) => listed)}::int[], ${column(({ bought }) => bought)}::int[],
        ${column(({ spentKopecks }) => spentKopecks)}::bigint[], ${column(({ pace }) => pace)}::float8[],
        ${column(({ paceAt }) => paceAt)}::timestamptz[], ${column(({ gapMs }) => gapMs)}::int[], ${column(({ steady }) => steady)}::int[],
        ${column(({ slowedUntil }) => slowedUntil)}::timestamptz[],
        ${column(({ frozenAt }) => frozenAt)}::timestamptz[], ${column(({ frozenBy }) => frozenBy)}::text[],
        ${column(({ frozenFor }) => frozenFor)}::text[])
        as n (party_id, day, listed, bought, spent, pace, pace_at, gap_ms, steady, slowed_until, frozen_at, frozen_by, frozen_for)
      where t.party_id = n.party_id`,
  )
}

/** What two people dealt with each other on a day. */
export interface PairRow {
  readonly sellerId: string
  readonly buyerId: string
  readonly day: string
  readonly deals: number
  readonly kopecks: number
}

export type PairName = Pick<PairRow, 'sellerId' | 'buyerId' | 'day'>

/** Pairs on the days that are asked for and later ones, in either direction as asked; those that never dealt are absent. */
export function selectPairs(tx: Executor, asked: readonly PairName[]): Promise<PairRow[]> {
  const column = (of: (one: PairName) => string) => asked.map(of)
  return rows(
    tx,
    sql<PairRow>`select p.seller_id as "sellerId", p.buyer_id as "buyerId", p.day::text as day, p.deals, p.kopecks
      from market.pair p join unnest(${column(({ sellerId }) => sellerId)}::uuid[],
        ${column(({ buyerId }) => buyerId)}::uuid[], ${column(({ day }) => day)}::date[]) as n (seller_id, buyer_id, day)
        on p.seller_id = n.seller_id and p.buyer_id = n.buyer_id and p.day >= n.day`,
  )
}

/** Adds to what pairs dealt, in the order of their names. */
export async function addToPairs(tx: Executor, added: readonly PairRow[]): Promise<void> {
  if (added.length === 0) return
  const column = <T>(of: (row: PairRow) => T) => added.map(of)
  await rows(
    tx,
    sql`insert into market.pair (seller_id, buyer_id, day, deals, kopecks)
      select * from unnest(${column(({ sellerId }) => sellerId)}::uuid[], ${column(({ buyerId }) => buyerId)}::uuid[],
        ${column(({ day }) => day)}::date[], ${column(({ deals }) => deals)}::int[], ${column(({ kopecks }) => kopecks)}::bigint[])
        as n (seller_id, buyer_id, day, deals, kopecks)
      order by seller_id, buyer_id, day
      on conflict (seller_id, buyer_id, day) do update
        set deals = market.pair.deals + excluded.deals, kopecks = market.pair.kopecks + excluded.kopecks`,
  )
}

/** Deletes what pairs dealt on days before an instant's, the oldest first. Gives how many. */
export const deletePairs = (db: Executor, before: Date, limit: number): Promise<number> =>
  countChanged(
    db,
    sql`delete from market.pair p using (
        select seller_id, buyer_id, day from market.pair where day < ${before.toISOString().slice(0, 10)}::date
        order by day limit ${limit}) old
      where p.seller_id = old.seller_id and p.buyer_id = old.buyer_id and p.day = old.day`,
  )
