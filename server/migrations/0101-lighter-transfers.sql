-- A transfer costs less: the same rules as before.

-- PostgreSQL reads a table's check again from its text for every statement that writes there. A balance moves by entries alone, whose
-- update asks for the floor itself (`apply_entries`): what is left to be refused is a floor above the balance.
-- Afterwards, since a trigger before any update would have each of them lock its row first.
create function ledger.refuse_floor() returns trigger language plpgsql as $$
begin
  raise exception 'the balance is below the floor' using errcode = 'check_violation', constraint = 'balance_not_below_floor';
end $$;
create trigger floor_not_above_balance after insert or update of floor on ledger.account
  for each row when (new.balance < new.floor) execute function ledger.refuse_floor();
alter table ledger.account drop constraint balance_not_below_floor;

-- Legs are read once, in the order of accounts, and summed by account on the way: for the few legs of one transfer that is less than what an
-- aggregate takes to begin with.
create or replace function ledger.apply_entries() returns trigger language plpgsql as $$
declare
  leg record;
  moving uuid;
  moved bigint;
  moved_unit text;
  moved_owner uuid;
  first_id uuid;
  total bigint := 0;
  mixed boolean := false;
  account_ids uuid[] := '{}';
  units text[] := '{}';
  owners uuid[] := '{}';
begin
  -- Rows are locked in the order of their ids, so that transfers cannot wait for each other in a circle. An account must hold what all
  -- transfers of a batch together leave it. The leg of no account ends the last one's.
  for leg in
    select account_id, amount, transfer_id from inserted union all select null, null, null order by account_id nulls last
  loop
    if leg.account_id is distinct from moving then
      if moving is null then
        first_id := leg.transfer_id;
      else
        if ledger.is_system(moving) then
          select unit into moved_unit from ledger.system_account where id = moving limit 1;
          if found and moved <> 0 then
            insert into ledger.unsummed (account_id, amount) values (moving, moved);
          end if;
        else
          update ledger.account set balance = balance + moved
            where id = moving and closed_at is null and balance + moved between floor and 9007199254740991
            returning unit, case when watched then owner_id end into moved_unit, moved_owner;
          if moved_owner is not null then
            owners := owners || moved_owner;
          end if;
        end if;
        if not found then
          perform ledger.refuse_entry(moving, moved);
        end if;
        total := total + moved;
        mixed := mixed or moved_unit <> coalesce(units[1], moved_unit);
        account_ids := account_ids || moving;
        units := units || moved_unit;
      end if;
      moving := leg.account_id;
      moved := 0;
    end if;
    if leg.amount = 0 then
      raise exception 'an entry of nothing' using errcode = 'check_violation', constraint = 'entry_moves';
    end if;
    moved := moved + leg.amount;
    mixed := mixed or leg.transfer_id <> first_id;
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
