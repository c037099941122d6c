import type pg from 'pg'
import { MARKET_UNIT } from '../../contracts/market.ts'
import { DEFAULT_MARKET_RULES } from '../../server/operator/market/index.ts'

/** The size of every lot. */
export const LOT_UNITS = 1

/** Figures under which a benchmark is not told that it buys too much. */
export async function publishRoomyRules(client: pg.Client): Promise<void> {
  const rules = {
    ...DEFAULT_MARKET_RULES,
    quarantineDays: 0,
    pace: { burst: 10_000, perMinute: 10_000, steadyActs: 10_000 },
    freshCodeFromKopecks: 100_000_000,
    limits: {
      activeLots: 1_000,
      listingsPerDay: 10_000,
      dealsPerDay: 10_000,
      spentPerDayKopecks: 100_000_000,
      pairDealsPerDay: 10_000,
      pairKopecksPerDay: 100_000_000,
    },
  }
  await client.query(
    `insert into market.rules (version, rules, published_at, published_by) values (1, $1, now(), 'bench')`,
    [JSON.stringify(rules)],
  )
}

/**
 * Gives the first `sellers` persons what somebody has who has listed something: a hold for their data, empty as yet, and what they do is
 * counted. `signEverybodyIn` first.
 */
export async function openHolds(client: pg.Client, sellers: number): Promise<void> {
  await client.query(`set session_replication_role = replica; set synchronous_commit = off;
    create table bench.hold as
      select overlay(gen_random_uuid()::text placing '7' from 15 for 1)::uuid as id, n, line_id, party_id
      from bench.person where n <= ${sellers};
    insert into ledger.account (id, unit, owner_id, floor) select id, 'bytes', line_id, 0 from bench.hold;
    insert into lines.hold (line_id, type, account_id) select line_id, 'data', id from bench.hold;
    insert into market.trader (party_id, day, pace_at) select party_id, '0001-01-01', now() from bench.hold;
    set session_replication_role = origin; set synchronous_commit = on`)
  for (const table of ['ledger.account', 'lines.hold', 'market.trader', 'bench.hold'])
    await client.query(`vacuum analyze ${table}`)
}

/**
 * Puts up so many lots of one gigabyte, spread over all who have a hold; their volume stands there, as if it had been taken out of their
 * packages. Prices differ.
 */
export async function putUpLots(client: pg.Client, lots: number): Promise<void> {
  const { rows } = await client.query<{ sellers: number }>('select count(*)::int as sellers from bench.hold')
  const sellers = rows[0]?.sellers ?? 1
  await client.query(`set session_replication_role = replica; set synchronous_commit = off;
    insert into market.lot (id, line_id, seller_id, type, units, price_kopecks, bucket_id, digest, listed_at, ends_at)
      select overlay(gen_random_uuid()::text placing '7' from 15 for 1)::uuid, h.line_id, h.party_id, 'data', ${LOT_UNITS},
        1500 + (g * 7919) % 1500, h.id, '', now(), now() + interval '20 days'
      from generate_series(1, ${lots}) g join bench.hold h on h.n = 1 + (g - 1) % ${sellers};
    update ledger.account a set balance = balance + ${LOT_UNITS * MARKET_UNIT.data}::bigint * l.lots
      from (select h.id, count(*) as lots from generate_series(1, ${lots}) g join bench.hold h on h.n = 1 + (g - 1) % ${sellers} group by 1) l
      where a.id = l.id;
    insert into market.book_change (type, units, price_kopecks, lots)
      select 'data', ${LOT_UNITS}, 1500 + (g * 7919) % 1500, 1 from generate_series(1, ${lots}) g;
    set session_replication_role = origin; set synchronous_commit = on`)
  await client.query('vacuum analyze market.lot')
}

/** Everything that is anywhere, by unit: what moves from one to another changes nothing of it. */
export async function sumEverything(client: pg.Client): Promise<Record<string, bigint>> {
  const { rows } = await client.query<{ unit: string; sum: string }>(`
    select unit, sum(balance)::text as sum from (
      select unit::text, balance::numeric from ledger.account
      union all
      select s.unit::text, u.amount from ledger.unsummed u
        join (select distinct id, unit from ledger.system_account) s on s.id = u.account_id
      union all
      select s.unit::text, r.balance from ledger.rollup r
        join (select distinct id, unit from ledger.system_account) s on s.id = r.account_id) everything
    group by unit order by unit`)
  return Object.fromEntries(rows.map(({ unit, sum }) => [unit, BigInt(sum)]))
}
