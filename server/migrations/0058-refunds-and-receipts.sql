-- Money on its way back to what a top-up was paid with. The provider makes one refund of one id; what is on its way is off the line.
create table payments.refund (
  id uuid primary key,                 -- the order's
  payment_id uuid not null references payments.payment,
  line_id uuid not null,
  kopecks bigint not null check (kopecks > 0),
  state text not null check (state in ('created', 'waiting', 'succeeded', 'failed', 'unknown')),
  provider text not null,
  provider_id text check (provider_id <> ''),
  reason text,
  attempts int not null default 0,
  lease uuid,
  next_at timestamptz,                 -- when the provider is asked next; null: no more
  heard_at timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz,
  check ((state in ('succeeded', 'failed')) = (settled_at is not null))
) with (fillfactor = 80);
create unique index refund_provider on payments.refund (provider, provider_id) where provider_id is not null;
create index refund_payment on payments.refund (payment_id);
create index refund_due on payments.refund (next_at) where next_at is not null;
create index refund_unknown on payments.refund (created_at, id) where state = 'unknown';

-- Where the provider sends the fiscal receipt (54-FZ), and whether it is registered; null: none was asked for.
alter table payments.payment
  add column receipt_to text,
  add column receipt_state text check (receipt_state in ('pending', 'succeeded', 'failed'));

-- Given back to cards by a member of the staff in the last day.
create index line_order_refunded on orders.line_order (by_id, placed_at) where kind = 'refund-top-up';
