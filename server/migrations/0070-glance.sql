-- How often a line's row was written. Whatever hangs on a line (packages, options, discounts, lent money) is written together with it, so
-- that what was made of a line and its version is right as long as the version is the same.
alter table lines.line add column version bigint not null default 0;
create function lines.count_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  return new;
end $$;
create trigger line_version before update on lines.line for each row execute function lines.count_version();

-- Lines at a glance as they were last written for somebody, with what that was made of: whoever reads one compares. Nothing is lost with
-- it, so it is not logged; a crash empties it. The text is read at once with its row: kept whole in it, not compressed.
create unlogged table lines.glance (
  line_id uuid primary key,
  version bigint not null,             -- of the line
  cash bigint not null,                -- what was on its accounts
  held bigint not null,
  waiting int not null,                -- records of usage that were not settled
  maker text not null,                 -- who makes it otherwise (rules, shape) has another name
  valid_until timestamptz not null,    -- what the clock alone changes
  packed text not null                 -- without what all lines of an offering share
) with (toast_tuple_target = 8160);
create index glance_over on lines.glance (valid_until);
