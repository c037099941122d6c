-- Money that another system has received for a line and tells of: how it calls it and how it was paid.
alter table payments.payment add column received jsonb;
-- A line's payments page by page.
create index payment_of_line on payments.payment (line_id, created_at, id);
drop index payments.payment_line;
