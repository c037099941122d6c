-- A fiscal receipt (54-FZ) that the provider did not register is issued by a person elsewhere, who notes it here.
alter table payments.payment
  add column receipt_righted_at timestamptz,
  add column receipt_righted_by text,
  add column receipt_righted_how text,
  add check (num_nulls(receipt_righted_at, receipt_righted_by, receipt_righted_how) in (0, 3));
create index payment_receipt_missing on payments.payment (created_at, id)
  where state = 'succeeded' and receipt_to is not null and next_at is null and receipt_state is distinct from 'succeeded'
    and receipt_righted_at is null;
