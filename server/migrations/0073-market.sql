-- Volume of a line that is set aside and cannot be used: an account a line and type.
create table lines.hold (
  line_id uuid not null references lines.line,
  type text not null check (type in ('data', 'voice', 'sms')),
  account_id uuid not null unique,
  primary key (line_id, type)
);

create schema market;

-- The operator's figures, in versions; before the first one those of the program hold.
create table market.rules (
  version int primary key,
  rules jsonb not null,
  published_at timestamptz not null,
  published_by text not null
);

-- A package's part that is for sale. Its volume stands on the hold account of its line while it is active.
create table market.lot (
  id uuid primary key,
  line_id uuid not null,
  seller_id uuid not null,             -- the party that held the line
  type text not null check (type in ('data', 'voice', 'sms')),
  units int not null check (units > 0),
  price_kopecks bigint not null check (price_kopecks > 0),
  -- Millionths of a kopeck: sizes are compared by what a unit costs.
  unit_price bigint not null generated always as (price_kopecks * 1000000 / units) stored,
  version int not null default 1,
  state text not null default 'active' check (state in ('active', 'sold', 'withdrawn', 'expired', 'returned')),
  returned text check (returned in ('period-end', 'tariff-change', 'line-blocked', 'line-ended', 'holder-changed', 'operator')),
  seller_name text,
  moods text[] not null default '{}',
  house boolean not null default false,
  frozen boolean not null default false,         -- or its seller is
  frozen_for text,                               -- this lot alone
  bucket_id uuid not null,                       -- where it came from and returns to
  digest bytea not null,                         -- of how it was listed
  listed_at timestamptz not null,
  ends_at timestamptz not null,
  raised_until timestamptz,
  closed_at timestamptz,
  deal_id uuid,
  check ((state = 'active') = (closed_at is null)),
  check ((state = 'returned') = (returned is not null)),
  check ((state = 'sold') = (deal_id is not null))
) with (fillfactor = 80);
create index lot_of_size on market.lot (type, units, price_kopecks, listed_at, id) where state = 'active' and not frozen;
create index lot_of_type on market.lot (type, unit_price, listed_at, id) where state = 'active' and not frozen;
create index lot_raised on market.lot (type, units, raised_until) where state = 'active' and raised_until is not null;
create index lot_seller on market.lot (seller_id, listed_at, id);
create index lot_active on market.lot (line_id, type) where state = 'active';
create index lot_of_seller on market.lot (seller_id) where state = 'active';
create index lot_inflow on market.lot (type, units, listed_at);
create index lot_due on market.lot (ends_at) where state = 'active';
create index lot_frozen on market.lot (listed_at, id) where frozen and state = 'active';
create index lot_listed on market.lot (listed_at, id);

-- A lot has exactly one end.
create function market.keep_end() returns trigger language plpgsql as $$
begin
  raise exception 'lot % has ended', old.id using errcode = 'integrity_constraint_violation';
end $$;
create trigger lot_ends_once before update on market.lot for each row
  when (old.state <> 'active' and (new.state, new.units, new.price_kopecks, new.deal_id) is distinct from (old.state, old.units, old.price_kopecks, old.deal_id))
  execute function market.keep_end();
create function market.refuse_deletion() returns trigger language plpgsql as $$
begin
  raise exception '% of %.% by hand', lower(tg_op), tg_table_schema, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger lot_stays before delete on market.lot for each statement execute function market.refuse_deletion();

-- One confirmation of a buyer: the lots of one are bought together. Its id is made by the buyer.
create table market.purchase (
  id uuid primary key,
  line_id uuid not null,
  digest bytea not null,
  at timestamptz not null
);

create table market.deal (
  id uuid primary key,
  number bigint not null generated always as identity,
  purchase_id uuid not null,
  lot_id uuid not null unique,
  type text not null,
  units int not null,
  price_kopecks bigint not null,
  fee_kopecks bigint not null,
  seller_line_id uuid not null,
  seller_id uuid not null,
  seller_name text,
  buyer_line_id uuid not null,
  buyer_id uuid not null,
  bucket_id uuid not null,             -- the buyer's
  at timestamptz not null,
  usable_until timestamptz not null,
  reversed_at timestamptz,
  reversed_kopecks bigint,
  check (num_nulls(reversed_at, reversed_kopecks) in (0, 2)),
  check (seller_line_id <> buyer_line_id)
) with (fillfactor = 90);
create index deal_purchase on market.deal (purchase_id);
create index deal_seller on market.deal (seller_id, at, id);
create index deal_buyer on market.deal (buyer_id, at, id);
create index deal_size on market.deal (type, units, at);
create index deal_at on market.deal (at, id);
create trigger deal_stays before delete on market.deal for each statement execute function market.refuse_deletion();

-- Paid turns in the slots above the book; the id is made by who pays.
create table market.raise (
  id uuid primary key,
  lot_id uuid not null,
  kopecks bigint not null,
  at timestamptz not null,
  until timestamptz not null
);
create index raise_lot on market.raise (lot_id);

-- Somebody on the Market, over all their numbers. Whoever counts against limits holds the lock of this row.
create table market.trader (
  party_id uuid primary key,
  day date not null,                   -- counted for this day
  listed int not null default 0,
  bought int not null default 0,
  spent_kopecks bigint not null default 0,
  pace double precision not null default 0,      -- acts that have not worn off by `pace_at`
  pace_at timestamptz not null,
  slowed_until timestamptz,
  frozen_at timestamptz,
  frozen_by text,
  frozen_for text,
  check (num_nulls(frozen_at, frozen_by, frozen_for) in (0, 3))
) with (fillfactor = 80);
create index trader_slowed on market.trader (slowed_until) where slowed_until is not null;
create index trader_frozen on market.trader (frozen_at) where frozen_at is not null;

-- What two people dealt with each other on a day.
create table market.pair (
  seller_id uuid not null,
  buyer_id uuid not null,
  day date not null,
  deals int not null,
  kopecks bigint not null,
  primary key (seller_id, buyer_id, day)
) with (fillfactor = 80);
create index pair_day on market.pair (day);

-- How many lots there are of a size, and at each of its prices. Changes wait in a queue and are summed by the roll-up, so that nobody
-- queues for the row of a size that everybody trades.
create table market.tier (
  type text not null,
  units int not null,
  lots bigint not null,
  kopecks bigint not null,
  primary key (type, units)
) with (fillfactor = 80);
create table market.level (
  type text not null,
  units int not null,
  price_kopecks bigint not null,
  lots bigint not null,
  primary key (type, units, price_kopecks)
) with (fillfactor = 80);
create table market.book_change (
  type text not null,
  units int not null,
  price_kopecks bigint not null,
  lots int not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- Deals of hours that are over, by size.
create table market.hour (
  type text not null,
  units int not null,
  at timestamptz not null,
  deals int not null,
  kopecks bigint not null,
  low_kopecks bigint not null,
  high_kopecks bigint not null,
  primary key (type, units, at)
);
create index hour_at on market.hour (at);
-- Up to where deals are summed by hours.
create table market.summed (
  what text primary key,
  until timestamptz not null
);

-- A seller's sales that the line's timeline does not tell of yet.
create table market.digest (
  line_id uuid primary key,
  due_at timestamptz,                  -- null: nothing waits
  told_at timestamptz,
  deal_ids uuid[] not null
);
create index digest_due on market.digest (due_at) where due_at is not null;

-- The timeline tells of the Market too.
alter table timeline.entry drop constraint entry_kind_check,
  add constraint entry_kind_check check (kind in ('message', 'note', 'edit', 'deletion', 'mark', 'order', 'market'));
