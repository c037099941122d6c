import type pg from 'pg'

/** The id of the n-th account, from 1. */
export function ledgerAccount(n: number): string {
  return `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

/** Opens so many accounts in a migrated database. They may go into debt, so that nothing is refused for want of money. */
export async function fillLedger(client: pg.Client, accounts: number): Promise<void> {
  await client.query(`insert into ledger.account (id, unit, owner_id, floor)
    select id, 'kopecks', id, -1000000000000
    from (select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id from generate_series(1, ${accounts}) n) a`)
  await client.query('vacuum analyze ledger.account')
}

/** As if nothing had moved yet. */
export async function emptyLedger(client: pg.Client): Promise<void> {
  await client.query(
    'truncate ledger.entry, ledger.transfer, ledger.transfer_key, ledger.unsummed, ledger.rollup',
  )
  await client.query(`begin; alter table ledger.account disable trigger user;
    update ledger.account set balance = 0 where balance <> 0;
    alter table ledger.account enable trigger user; commit`)
  await client.query('vacuum ledger.account')
}

export const BRANCHES = 10
const TELLERS = 10 * BRANCHES

/**
 * The tables of a TPC-B-like transaction as pgbench has them, with as many branches as connections at least (else their rows would be
 * what is measured), and the transaction's five statements in one function.
 */
export async function fillBank(client: pg.Client, accounts: number): Promise<void> {
  await client.query(`create schema bank;
    create table bank.branch (id int primary key, balance bigint not null default 0, filler char(88)) with (fillfactor = 70);
    create table bank.teller (id int primary key, branch int, balance bigint not null default 0, filler char(84)) with (fillfactor = 70);
    create table bank.account (id int primary key, branch int, balance bigint not null default 0, filler char(84)) with (fillfactor = 70);
    create table bank.history (teller int, branch int, account int, delta int, at timestamptz, filler char(22));
    insert into bank.branch select n from generate_series(1, ${BRANCHES}) n;
    insert into bank.teller select n, (n - 1) / 10 + 1 from generate_series(1, ${TELLERS}) n;
    insert into bank.account select n, n % ${BRANCHES} + 1 from generate_series(1, ${accounts}) n;
    create function bank.pay(p_account int, p_teller int, p_branch int, p_delta int) returns bigint language plpgsql as $$
    declare v_balance bigint;
    begin
      update bank.account set balance = balance + p_delta where id = p_account;
      select balance into v_balance from bank.account where id = p_account;
      update bank.teller set balance = balance + p_delta where id = p_teller;
      update bank.branch set balance = balance + p_delta where id = p_branch;
      insert into bank.history (teller, branch, account, delta, at) values (p_teller, p_branch, p_account, p_delta, current_timestamp);
      return v_balance;
    end $$`)
  await client.query('vacuum analyze bank.branch, bank.teller, bank.account')
}

export async function emptyBank(client: pg.Client): Promise<void> {
  await client.query('truncate bank.history')
  await client.query('vacuum bank.branch, bank.teller, bank.account')
}
