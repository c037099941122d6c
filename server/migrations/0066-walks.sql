-- Lists of everybody, for systems that may have them: each is walked along an index, from a place to the next.
create index party_walk on lines.party (kind, id) where erased_at is null;
create index line_order_walk on orders.line_order (placed_at, id);
create index payment_walk on payments.payment (created_at, id);
