-- What the network reports is stored at once and settled by the hour: until then it waits, and whoever looks at a line counts it in.
alter table lines.usage
  add column arrived_at timestamptz,
  add column due_at timestamptz,                  -- waits to be settled until then; null: settled
  add column packaged bigint not null default 0;  -- so much of it was paid by packages
create index usage_due on lines.usage (due_at) where due_at is not null;
create index usage_waiting on lines.usage (line_id) where due_at is not null;

-- The hour in which the usage of a line was last settled: there is one settlement in an hour.
alter table lines.line add column usage_hour timestamptz;

-- Whose number it was then: usage may come when a number has somebody else already.
create index line_msisdn_ever on lines.line (msisdn, opened_at);

-- Names are forgotten when records of their age are not taken any more.
create index usage_name_taken on lines.usage_name (taken_at);

-- How many lines have a discount, which the designer is told before it is changed.
create index discount_offering on lines.discount (offering_id) where ended_at is null;
