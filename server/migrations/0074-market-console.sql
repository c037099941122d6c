-- What the operator kept of the deals of an hour.
alter table market.hour add column fee_kopecks bigint not null default 0;
-- Deals that were taken back.
create index deal_reversed on market.deal (reversed_at) where reversed_at is not null;
-- Deals that a member of the staff took back in the last day.
create index line_order_reversal on orders.line_order (by_id, placed_at) where kind = 'reverse-deal';
