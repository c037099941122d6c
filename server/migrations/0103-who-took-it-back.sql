-- Who took an order back, and through which door: an agent may have what the person asked for.
alter table orders.line_order add column undone_by jsonb;
