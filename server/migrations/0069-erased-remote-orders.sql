-- When a person's words in it were destroyed, and by which way they are found: orders of a line, in time.
alter table tmf.remote_order add column erased_at timestamptz;
create index remote_order_of_line on tmf.remote_order (line_id, placed_at);
