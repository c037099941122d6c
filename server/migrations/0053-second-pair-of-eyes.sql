-- When the second pair of eyes decided, and why.
alter table orders.line_order add column decided_at timestamptz, add column decided_words text;

-- What a member of the staff has given away in the last day: gifts, and money back for paid subscriptions.
create index line_order_given on orders.line_order (by_id, placed_at) where kind in ('goodwill-credit', 'refund-content');
drop index orders.line_order_goodwill;
