-- The same rules as before, with the legs of a batch summed by account: an account that many transfers of one batch meet on (the fee of
-- every deal, a seller of several lots) is written once, and what is summed later waits in one row.
create or replace function ledger.apply_entries() returns trigger language plpgsql as $$
declare
  leg record;
  leg_unit text;
  first_id uuid;
  total bigint := 0;
  mixed boolean := false;
  account_ids uuid[] := '{}';
  units text[] := '{}';
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
        returning unit into leg_unit;
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
  return null;
end $$;
