-- Words and numbers in an order can be destroyed; what was ordered, by which kind of person and when, stays.
alter table orders.line_order add column erased_at timestamptz;

-- Somebody asked to be forgotten whose lines live on: their name goes with the last of them.
alter table lines.party add column erase_asked_at timestamptz;

-- Usage is destroyed by age when it is settled.
create index usage_age on lines.usage (at) where due_at is null;
