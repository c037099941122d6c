import { type Executor, one, type RawSql, rows, sql } from '../../platform/database/index.ts'
import type { Body } from './body.ts'
import type { Unit } from './ledger.ts'
import { type SystemAccount, systemAccountsAmong } from './system-account.ts'

/** Posts and gives the stored transfer's id: another one than the body's if the key had been used. */
export async function insertTransfer(db: Executor, body: Body): Promise<string> {
  const { id, scope, key, digest, kind, at, lineId, memo, legs } = body
  const accountIds = legs.map((leg) => leg.accountId)
  const amounts = legs.map((leg) => leg.amount)
  const stored = await one(
    db,
    sql<{
      id: string
    }>`select ledger.post(${id}, ${scope}, ${key}, ${digest}, ${kind}, ${at}, ${lineId}, ${memo},
      ${accountIds}, ${amounts}, ${systemAccounts(accountIds)}) as id`,
  )
  return stored.id
}

export async function insertTransfers(db: Executor, bodies: readonly Body[]): Promise<string[]> {
  const column = <T>(of: (body: Body) => T) => bodies.map(of)
  const legs = bodies.flatMap((body, place) => body.legs.map((leg) => ({ ...leg, place: place + 1 })))
  const accountIds = legs.map((leg) => leg.accountId)
  const stored = await one(
    db,
    sql<{ ids: string[] }>`select ledger.post_all(
      ${column((body) => body.id)}, ${column((body) => body.scope)}, ${column((body) => body.key)},
      ${column((body) => body.digest)}, ${column((body) => body.kind)}, ${column((body) => body.at)},
      ${column((body) => body.lineId)}, ${column((body) => body.memo)},
      ${legs.map((leg) => leg.place)}, ${accountIds}, ${legs.map((leg) => leg.amount)},
      ${systemAccounts(accountIds)}) as ids`,
  )
  return stored.ids
}

/** Three parameters: ids, names and units of the system accounts, for the first one that uses them. */
function systemAccounts(accountIds: readonly string[]): RawSql {
  const accounts = systemAccountsAmong(accountIds)
  const column = (of: (account: SystemAccount) => string) => accounts.map(of)
  return sql`${column(({ id }) => id)}, ${column(({ name }) => name)}, ${column(({ unit }) => unit)}`
}

export interface AccountRow {
  readonly id: string
  readonly unit: Unit
  readonly floor: number
  readonly ownerId: string
}

export async function insertAccounts(tx: Executor, accounts: readonly AccountRow[]): Promise<void> {
  const column = <T>(of: (account: AccountRow) => T) => accounts.map(of)
  await rows(
    tx,
    sql`insert into ledger.account (id, unit, floor, owner_id)
      select * from unnest(${column(({ id }) => id)}::uuid[], ${column(({ unit }) => unit)}::text[],
        ${column(({ floor }) => floor)}::bigint[], ${column(({ ownerId }) => ownerId)}::uuid[])`,
  )
}

/** Gives whether there is such an open account. */
export async function updateFloor(tx: Executor, accountId: string, floor: number): Promise<boolean> {
  const changed = await rows(
    tx,
    sql`update ledger.account set floor = ${floor} where id = ${accountId} and closed_at is null returning 1`,
  )
  return changed.length > 0
}

/** Closes those that are open and empty; gives how many. They are locked in the order of ids, as transfers lock them. */
export async function markClosed(tx: Executor, accountIds: readonly string[], at: Date): Promise<number> {
  const closed = await rows(
    tx,
    sql`with closing as materialized (
        select id from ledger.account where id = any(${[...accountIds]}::uuid[]) and closed_at is null and balance = 0
        order by id for no key update)
      update ledger.account a set closed_at = ${at} from closing c where a.id = c.id returning 1`,
  )
  return closed.length
}

export interface BalanceRow {
  readonly id: string
  readonly balance: number
}

/** The balance of an account that a statement names by a column; null if nobody opened it. */
export const balanceOf = (accountId: RawSql): RawSql =>
  sql`(select balance from ledger.account where id = ${accountId})`

/** Whether changes of both accounts that a statement names by columns are told (`watchAccounts`). */
export const areWatched = (one: RawSql, other: RawSql): RawSql =>
  sql`(select count(*) = 2 and bool_and(watched) from ledger.account where id in (${one}, ${other}))`

/** Marks those that nobody moves at this moment. Gives which. */
export async function markWatched(db: Executor, accountIds: readonly string[]): Promise<string[]> {
  const marked = await rows(
    db,
    sql<{ id: string }>`
      with free as materialized (
        select id from ledger.account where id = any(${[...accountIds]}::uuid[]) and not watched for no key update skip locked)
      update ledger.account a set watched = true from free f where a.id = f.id returning a.id`,
  )
  return marked.map(({ id }) => id)
}

export function selectBalances(db: Executor, accountIds: readonly string[]): Promise<BalanceRow[]> {
  return rows(
    db,
    sql<BalanceRow>`select id, balance from ledger.account where id = any(${[...accountIds]}::uuid[])`,
  )
}

/** Takes at most so many amounts out of the queue and adds them to their accounts' sums. Gives how many. */
export async function sumQueue(db: Executor, most: number, at: Date): Promise<number> {
  const { taken } = await one(
    db,
    sql<{ taken: number }>`with taken as (
        delete from ledger.unsummed where ctid = any(array(
          select ctid from ledger.unsummed limit ${most} for update skip locked))
        returning account_id, amount),
      summed as (
        insert into ledger.rollup (account_id, balance, summed_at)
          select account_id, sum(amount), ${at} from taken group by account_id order by account_id
        on conflict (account_id) do update
          set balance = ledger.rollup.balance + excluded.balance, summed_at = excluded.summed_at)
      select count(*) as taken from taken`,
  )
  return taken
}

/** What is summed and what waits, in one view. */
export async function selectSystemSum(db: Executor, accountId: string): Promise<number> {
  const { sum } = await one(
    db,
    sql<{ sum: number }>`select (
        coalesce((select balance from ledger.rollup where account_id = ${accountId}), 0)
        + coalesce((select sum(amount) from ledger.unsummed where account_id = ${accountId}), 0))::float8 as sum`,
  )
  return sum
}

export interface MovementRow {
  readonly transferId: string
  readonly at: Date
  readonly kind: string
  readonly amount: number
  readonly memo: Readonly<Record<string, unknown>> | null
}

export interface MovementRange {
  readonly from: Date
  readonly to: Date
  readonly below: { readonly at: Date; readonly transferId: string }
}

/** Along the entries' key; their transfers are looked up one by one. */
export function selectMovements(
  db: Executor,
  accountId: string,
  { from, to, below }: MovementRange,
  limit: number,
): Promise<MovementRow[]> {
  return rows(
    db,
    sql<MovementRow>`
      select e.transfer_id as "transferId", e.at, t.kind, e.amount, t.memo from (
        select transfer_id, at, amount from ledger.entry
        where account_id = ${accountId} and at >= ${from} and at < ${to}
          and (at, transfer_id) < (${below.at}, ${below.transferId})
        order by at desc, transfer_id desc limit ${limit}
      ) e join ledger.transfer t on t.id = e.transfer_id
      order by e.at desc, e.transfer_id desc`,
  )
}

export interface UnitSum {
  readonly unit: Unit
  readonly sum: number
}

export function selectUnitSums(db: Executor): Promise<UnitSum[]> {
  return rows(
    db,
    sql<UnitSum>`
      select unit, sum(moved)::float8 as sum
      from (select account_id, sum(amount) as moved from ledger.entry group by account_id) e
      join (select id, unit from ledger.account union all select distinct id, unit from ledger.system_account) a on a.id = e.account_id
      group by unit order by unit`,
  )
}

export interface DifferenceRow {
  readonly accountId: string
  readonly balance: number
  readonly entries: number
}

/** Accounts that say something else than their entries, and entries of no account; at most 100. */
export function selectDifferences(db: Executor): Promise<DifferenceRow[]> {
  return rows(
    db,
    sql<DifferenceRow>`
      with said as (
          select id, balance::numeric from ledger.account
          union all
          select id, coalesce((select balance from ledger.rollup r where r.account_id = s.id), 0)
            + coalesce((select sum(amount) from ledger.unsummed u where u.account_id = s.id), 0)
          from (select distinct id from ledger.system_account) s),
        counted as (select account_id, sum(amount) as entries from ledger.entry group by account_id)
      select coalesce(id, account_id) as "accountId", coalesce(balance, 0)::float8 as balance,
        coalesce(entries, 0)::float8 as entries
      from said full join counted on id = account_id
      where id is null or balance <> coalesce(entries, 0) limit 100`,
  )
}
