-- Who is asked to see a line, by the number that was asked, those who were not told yet, and those whose time to answer is over.
create index line_order_offer_to on orders.line_order ((request ->> 'toMsisdn')) where kind = 'share-line' and state = 'pending';
create index line_order_offer_untold on orders.line_order (carry_out_at) where kind = 'share-line' and state = 'pending' and attempts = 0;
create index line_order_offer_due on orders.line_order (carry_out_at) where kind = 'share-line' and state = 'pending';
