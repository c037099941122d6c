-- What has changed, by name (a line, a person, a session), for servers that keep in memory what they have read (`platform/kept`): whoever
-- asks is told what was committed since they asked last. By number of transaction, for those commit in another order than they begin.
-- Not logged: after a crash, and on a standby that takes over, both tables are empty; whoever finds them so, or begun anew, forgets all.
create unlogged table platform.change (
  transaction xid8 not null default pg_current_xact_id(),
  name text not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
create index change_transaction on platform.change (transaction);

-- `platform.change` is whole for those before whose last question all transactions below `since` had ended.
create unlogged table platform.change_horizon (
  one boolean primary key default true check (one),
  beginning uuid not null default gen_random_uuid(),
  since xid8 not null,
  next xid8 not null                    -- `since` of the next time
);
insert into platform.change_horizon (since, next)
  select now, now from pg_snapshot_xmin(pg_current_snapshot()) as now;

-- What was committed since somebody saw `seen`: what began later, and what was under way. Looked up by key however small the table was
-- when the plan was made. Not whole: there may be more.
create function platform.changes_since(
    seen pg_snapshot, known uuid, most int, out snapshot text, out began uuid, out whole boolean, out names text)
  language plpgsql stable set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  select beginning, beginning = known and since <= pg_snapshot_xmin(seen) into began, whole from platform.change_horizon;
  select pg_current_snapshot(), coalesce(whole, false) and count(*) <= most, string_agg(found.name, ' ')
    into snapshot, whole, names
  from (
    select c.name from platform.change c where c.transaction >= pg_snapshot_xmax(seen)
    union all
    select c.name from platform.change c where c.transaction = any(array(select pg_snapshot_xip(seen)))
    limit most + 1) as found;
end $$;

-- Each table that answers are made of tells the name under which those are kept.
create function platform.tell_changed_id() returns trigger language plpgsql as $$
begin
  insert into platform.change (name) select id::text from changed;
  return null;
end $$;
create function platform.tell_changed_line() returns trigger language plpgsql as $$
begin
  insert into platform.change (name) select distinct line_id::text from changed;
  return null;
end $$;
create function platform.tell_changed_subscriber() returns trigger language plpgsql as $$
begin
  insert into platform.change (name) select subscriber_id::text from changed;
  return null;
end $$;

-- Balances move by entries alone: the same as before, and money that moved is told of by the account's owner, where somebody keeps what was
-- read of it: whoever does so marks the account, and reads afterwards. Whoever moves money holds the row and sees the mark. Packages are
-- written with their line, which tells of itself.
alter table ledger.account add column watched boolean not null default false;
create or replace function ledger.apply_entries() returns trigger language plpgsql as $$
declare
  leg record;
  leg_unit text;
  leg_owner uuid;
  first_id uuid;
  total bigint := 0;
  mixed boolean := false;
  account_ids uuid[] := '{}';
  units text[] := '{}';
  owners uuid[] := '{}';
begin
  select transfer_id into first_id from inserted limit 1;
  -- Rows are locked in the order of their ids, so that transfers cannot wait for each other in a circle. An account must hold what all
  -- transfers of a batch together leave it.
  for leg in
    select account_id, sum(amount)::bigint as amount, bool_or(amount = 0) as has_nothing, bool_or(transfer_id <> first_id) as is_shared
    from inserted group by account_id order by account_id
  loop
    if ledger.is_system(leg.account_id) then
      select unit into leg_unit from ledger.system_account where id = leg.account_id limit 1;
      if found and leg.amount <> 0 then
        insert into ledger.unsummed (account_id, amount) values (leg.account_id, leg.amount);
      end if;
    else
      update ledger.account set balance = balance + leg.amount
        where id = leg.account_id and closed_at is null and balance + leg.amount between floor and 9007199254740991
        returning unit, case when watched then owner_id end into leg_unit, leg_owner;
      if leg_owner is not null then
        owners := owners || leg_owner;
      end if;
    end if;
    if not found then
      perform ledger.refuse_entry(leg.account_id, leg.amount);
    end if;
    if leg.has_nothing then
      raise exception 'an entry of nothing' using errcode = 'check_violation', constraint = 'entry_moves';
    end if;
    total := total + leg.amount;
    mixed := mixed or leg.is_shared or leg_unit <> coalesce(units[1], leg_unit);
    account_ids := account_ids || leg.account_id;
    units := units || leg_unit;
  end loop;
  -- One transfer in one unit has been counted on the way. Several may be off by as much in opposite directions.
  if mixed then
    total := (
      select count(*) from (
        select from inserted i join unnest(account_ids, units) as a (id, unit) on a.id = i.account_id
        group by i.transfer_id, a.unit having sum(i.amount) <> 0) unbalanced);
  end if;
  if total <> 0 then
    raise exception 'the legs of a transfer do not sum to zero' using errcode = 'check_violation', constraint = 'transfer_balanced';
  end if;
  if owners <> '{}' then
    insert into platform.change (name) select distinct owner::text from unnest(owners) as owner;
  end if;
  return null;
end $$;
