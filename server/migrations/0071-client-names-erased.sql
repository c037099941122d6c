-- Whose line an order was for that a client has a name for, and since when: by this the name goes with the person.
alter table tmf.external_order add column line_id uuid, add column named_at timestamptz;
update tmf.external_order x set line_id = o.line_id, named_at = o.placed_at from orders.line_order o where o.id = x.order_id;
update tmf.external_order x set line_id = o.line_id, named_at = o.placed_at from tmf.remote_order o where o.id = x.order_id;
create index external_order_line on tmf.external_order (line_id, named_at);

-- The same for the names of tickets and interactions, by what they name.
create index client_name_thing on tmf.client_name (thing_id);
