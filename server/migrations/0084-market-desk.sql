-- Changes of one thing, and changes of some kinds: the Market's console shows what was done on it.
create index change_subject on audit.change (subject, id desc);
create index change_act on audit.change (act, id desc);
-- What was asked for to take a deal back.
create index line_order_of_deal on orders.line_order ((request ->> 'dealId'), placed_at desc) where kind = 'reverse-deal';
