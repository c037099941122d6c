create schema ledger;

-- Table constraints are few here and triggers do the rest: PostgreSQL reads a constraint's text again for every statement, and a
-- transfer is many statements.
create domain ledger.unit as text check (value in ('kopecks', 'bytes', 'seconds', 'pieces'));

-- Version 5 is the mark of a system account.
create function ledger.is_system(account_id uuid) returns boolean language sql immutable parallel safe
  return get_byte(uuid_send(account_id), 6) >> 4 = 5;

-- Accounts that must not fall below a floor: a subscriber's cash, a hold, an escrow, a bucket. A balance moves by an entry alone.
create table ledger.account (
  id uuid primary key,
  unit ledger.unit not null,
  owner_id uuid not null,
  floor bigint not null,
  balance bigint not null default 0,
  closed_at timestamptz,
  constraint balance_not_below_floor check (balance >= floor)
) with (fillfactor = 70);

-- The operator's own side (income, partners, the network): everybody's transfers meet here, so there is no balance row to queue for.
-- Its id is made from name and unit; written down by whoever uses it first. Two who do so at the same moment both write it, the same:
-- were it unique, everybody would wait for the first one's transaction.
create table ledger.system_account (
  id uuid not null,
  name text not null,
  unit ledger.unit not null,
  constraint system_account_marked check (ledger.is_system(id))
);
create index system_account_id on ledger.system_account (id);

-- What makes a repeated transfer change nothing. Hash-partitioned by its key (invariant 2); kept as long as the transfers are: money
-- that is asked for again after a month must not move again.
create table ledger.transfer_key (
  scope text not null,
  key text not null,
  digest bytea not null,
  transfer_id uuid not null,
  primary key (scope, key),
  constraint transfer_named check (scope <> '' and key <> '')
) partition by hash (scope, key);
create table ledger.transfer_key_0 partition of ledger.transfer_key for values with (modulus 4, remainder 0);
create table ledger.transfer_key_1 partition of ledger.transfer_key for values with (modulus 4, remainder 1);
create table ledger.transfer_key_2 partition of ledger.transfer_key for values with (modulus 4, remainder 2);
create table ledger.transfer_key_3 partition of ledger.transfer_key for values with (modulus 4, remainder 3);

-- Why something moved. Append-only.
create table ledger.transfer (
  id uuid primary key,
  kind text not null,
  at timestamptz not null,
  line_id uuid,
  memo jsonb
) partition by hash (id);
create table ledger.transfer_0 partition of ledger.transfer for values with (modulus 4, remainder 0);
create table ledger.transfer_1 partition of ledger.transfer for values with (modulus 4, remainder 1);
create table ledger.transfer_2 partition of ledger.transfer for values with (modulus 4, remainder 2);
create table ledger.transfer_3 partition of ledger.transfer for values with (modulus 4, remainder 3);

-- What moved. Append-only. Hash-partitioned by account, as entries of a lane are by lane; the key is the order of an account's pages,
-- and holds the time, ready for partitions to be cut by month.
create table ledger.entry (
  account_id uuid not null,
  at timestamptz not null,
  transfer_id uuid not null,
  amount bigint not null,
  primary key (account_id, at, transfer_id)
) partition by hash (account_id);
create table ledger.entry_0 partition of ledger.entry for values with (modulus 4, remainder 0);
create table ledger.entry_1 partition of ledger.entry for values with (modulus 4, remainder 1);
create table ledger.entry_2 partition of ledger.entry for values with (modulus 4, remainder 2);
create table ledger.entry_3 partition of ledger.entry for values with (modulus 4, remainder 3);

-- Amounts of system accounts that wait to be summed: a queue, not a watermark. What is in flight is not seen by the roll-up and stays.
create table ledger.unsummed (
  account_id uuid not null,
  amount bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Sums of what has left the queue. Bytes of a large network outgrow an int8 within years.
create table ledger.rollup (
  account_id uuid primary key,
  balance numeric not null,
  summed_at timestamptz not null
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% of %.% by hand', lower(tg_op), tg_table_schema, tg_table_name using
    errcode = 'integrity_constraint_violation',
    hint = 'A balance moves by an entry alone; entries and transfers are never changed: post another transfer.';
end $$;
create trigger account_opens_empty before insert on ledger.account
  for each row when (new.balance <> 0 or ledger.is_system(new.id)) execute function ledger.refuse_change();
create trigger balance_moves_by_entry before update of balance on ledger.account
  for each statement when (pg_trigger_depth() = 0) execute function ledger.refuse_change();
create trigger account_keeps_unit before update of id, unit on ledger.account
  for each statement execute function ledger.refuse_change();
create trigger account_stays before delete on ledger.account
  for each statement execute function ledger.refuse_change();
create trigger system_account_stays before update or delete on ledger.system_account
  for each statement execute function ledger.refuse_change();

-- Says why an entry cannot be: no such account (LK404), more than a JavaScript number counts exactly, or below its floor (LK402).
create function ledger.refuse_entry(p_account_id uuid, p_amount bigint) returns void language plpgsql as $$
declare
  account ledger.account;
begin
  select * into account from ledger.account where id = p_account_id and closed_at is null;
  if account.id is null then
    raise exception 'there is no open account %', p_account_id using errcode = 'LK404';
  elsif account.balance + p_amount > 9007199254740991 then
    raise exception 'the balance would be more than can be counted' using errcode = 'numeric_value_out_of_range';
  end if;
  -- Something may have come in since it was refused.
  raise exception 'the balance would fall below its floor' using errcode = 'LK402',
    detail = json_build_object('accountId', account.id, 'unit', account.unit,
      'lacking', greatest(account.floor - account.balance - p_amount, 1))::text;
end $$;

-- Whoever inserts entries: their accounts exist and are open, balances follow, none falls below its floor, and what a transfer
-- moves sums to zero in each unit. All legs of a transfer come in one statement.
create function ledger.apply_entries() returns trigger language plpgsql as $$
declare
  units constant text[] := '{kopecks,bytes,seconds,pieces}';
  sums bigint[] := '{0,0,0,0}';
  place int;
  leg record;
  leg_unit text;
  first_id uuid;
  several boolean := false;
begin
  -- Rows are locked in the order of their ids, so that transfers cannot wait for each other in a circle. What comes in comes before
  -- what goes out: an account must hold what all transfers of a batch together leave it.
  for leg in select transfer_id, account_id, amount from inserted order by account_id, amount desc loop
    if leg.amount = 0 then
      raise exception 'an entry of nothing' using errcode = 'check_violation', constraint = 'entry_moves';
    end if;
    if ledger.is_system(leg.account_id) then
      select unit into leg_unit from ledger.system_account where id = leg.account_id limit 1;
      if found then
        insert into ledger.unsummed (account_id, amount) values (leg.account_id, leg.amount);
      end if;
    else
      update ledger.account set balance = balance + leg.amount
        where id = leg.account_id and closed_at is null and balance + leg.amount between floor and 9007199254740991
        returning unit into leg_unit;
    end if;
    if not found then
      perform ledger.refuse_entry(leg.account_id, leg.amount);
    end if;
    place := array_position(units, leg_unit);
    sums[place] := sums[place] + leg.amount;
    first_id := coalesce(first_id, leg.transfer_id);
    several := several or leg.transfer_id <> first_id;
  end loop;
  -- A single transfer is counted on the way; several may be off by as much in opposite directions.
  if sums <> '{0,0,0,0}' or several and exists (
    select from inserted i
    group by i.transfer_id, coalesce(
      (select a.unit from ledger.account a where a.id = i.account_id),
      (select s.unit from ledger.system_account s where s.id = i.account_id limit 1))
    having sum(i.amount) <> 0
  ) then
    raise exception 'the legs of a transfer do not sum to zero' using errcode = 'check_violation', constraint = 'transfer_balanced';
  end if;
  return null;
end $$;
create trigger entry_applied after insert on ledger.entry referencing new table as inserted
  for each statement execute function ledger.apply_entries();
create trigger entry_kept before update or delete on ledger.entry
  for each statement execute function ledger.refuse_change();
create trigger transfer_kept before update or delete on ledger.transfer
  for each statement execute function ledger.refuse_change();
create trigger transfer_key_kept before update or delete on ledger.transfer_key
  for each statement execute function ledger.refuse_change();
-- A trigger of a statement belongs to the table that the statement names: partitions have theirs.
do $$
begin
  for part in 0..3 loop
    execute format('create trigger entry_applied after insert on ledger.entry_%s referencing new table as inserted
      for each statement execute function ledger.apply_entries()', part);
    execute format('create trigger entry_kept before update or delete on ledger.entry_%s
      for each statement execute function ledger.refuse_change()', part);
    execute format('create trigger transfer_kept before update or delete on ledger.transfer_%s
      for each statement execute function ledger.refuse_change()', part);
    execute format('create trigger transfer_key_kept before update or delete on ledger.transfer_key_%s
      for each statement execute function ledger.refuse_change()', part);
  end loop;
end $$;

-- Writes down system accounts that are used for the first time.
create function ledger.note_system_accounts(p_ids uuid[], p_names text[], p_units text[]) returns void language plpgsql as $$
begin
  insert into ledger.system_account (id, name, unit)
    select n.id, n.name, n.unit from unnest(p_ids, p_names, p_units) as n (id, name, unit)
    where not exists (select from ledger.system_account s where s.id = n.id);
end $$;

-- A transfer in one round trip. The same key with the same digest gives the first transfer's id; with another digest: LK409.
create function ledger.post(
  p_id uuid, p_scope text, p_key text, p_digest bytea, p_kind text, p_at timestamptz, p_line_id uuid, p_memo jsonb,
  p_account_ids uuid[], p_amounts bigint[], p_system_ids uuid[], p_system_names text[], p_system_units text[]
) returns uuid language plpgsql as $$
declare
  known record;
begin
  insert into ledger.transfer_key (scope, key, digest, transfer_id) values (p_scope, p_key, p_digest, p_id) on conflict do nothing;
  if not found then
    select transfer_id, digest into strict known from ledger.transfer_key where scope = p_scope and key = p_key;
    if known.digest <> p_digest then
      raise exception 'key reused with another body' using errcode = 'LK409';
    end if;
    return known.transfer_id;
  end if;
  if p_system_ids <> '{}' then
    perform ledger.note_system_accounts(p_system_ids, p_system_names, p_system_units);
  end if;
  insert into ledger.transfer (id, kind, at, line_id, memo) values (p_id, p_kind, p_at, p_line_id, p_memo);
  insert into ledger.entry (account_id, at, transfer_id, amount)
    select account_id, p_at, p_id, amount from unnest(p_account_ids, p_amounts) as leg (account_id, amount);
  return p_id;
end $$;

-- The same for many at once, all or nothing; gives their ids in the order of `p_ids`. A key may stand in a batch more than once.
create function ledger.post_all(
  p_ids uuid[], p_scopes text[], p_keys text[], p_digests bytea[], p_kinds text[], p_ats timestamptz[], p_line_ids uuid[], p_memos jsonb[],
  p_leg_places int[], p_account_ids uuid[], p_amounts bigint[], p_system_ids uuid[], p_system_names text[], p_system_units text[]
) returns uuid[] language plpgsql as $$
declare
  fresh uuid[];
  repeated boolean;
  posted uuid[] := p_ids;
begin
  -- Keys before accounts, sorted, so that batches cannot wait for each other in a circle.
  with inserted as (
    insert into ledger.transfer_key (scope, key, digest, transfer_id)
      select scope, key, digest, id from unnest(p_scopes, p_keys, p_digests, p_ids) as t (scope, key, digest, id)
      order by scope, key, id
      on conflict do nothing returning transfer_id
  )
  select coalesce(array_agg(transfer_id), '{}') into fresh from inserted;
  repeated := cardinality(fresh) < cardinality(p_ids);
  if repeated then
    if exists (
      select from unnest(p_scopes, p_keys, p_digests) as t (scope, key, digest)
      where t.digest <> (select k.digest from ledger.transfer_key k where k.scope = t.scope and k.key = t.key)
    ) then
      raise exception 'key reused with another body' using errcode = 'LK409';
    end if;
    posted := array(
      select (select k.transfer_id from ledger.transfer_key k where k.scope = t.scope and k.key = t.key)
      from unnest(p_scopes, p_keys) with ordinality as t (scope, key, place) order by place);
  end if;
  if p_system_ids <> '{}' then
    perform ledger.note_system_accounts(p_system_ids, p_system_names, p_system_units);
  end if;
  insert into ledger.transfer (id, kind, at, line_id, memo)
    select id, kind, at, line_id, memo
    from unnest(p_ids, p_kinds, p_ats, p_line_ids, p_memos) as t (id, kind, at, line_id, memo)
    where not repeated or id = any(fresh);
  insert into ledger.entry (account_id, at, transfer_id, amount)
    select account_id, p_ats[place], p_ids[place], amount
    from unnest(p_leg_places, p_account_ids, p_amounts) as leg (place, account_id, amount)
    where not repeated or p_ids[place] = any(fresh);
  return posted;
end $$;
