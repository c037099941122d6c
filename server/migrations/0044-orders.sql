create schema orders;

-- What was asked to be done to a line, by whom and through which door, and what became of it.
create table orders.line_order (
  id uuid primary key,                 -- made by the sender: a repeat is done once
  line_id uuid not null,
  kind text not null,
  request jsonb not null,
  digest bytea not null,               -- of line and request: the same id with another request is refused
  state text not null check (state in
    ('approval', 'waiting', 'running', 'pending', 'done', 'refused', 'unknown', 'undone', 'declined')),
  effects jsonb not null,
  by_kind text not null check (by_kind in ('subscriber', 'agent', 'assistant', 'system', 'service')),
  by_id uuid,
  by_name text,
  by_through text not null check (by_through in ('my', 'desk', 'chat', 'voice', 'api', 'rule')),
  decided_by_id uuid,
  decided_by_name text,
  placed_at timestamptz not null,
  carry_out_at timestamptz,            -- waiting: not before; it may be undone until then
  carried_out_at timestamptz,
  attempts int not null default 0,
  reason jsonb
);
create index line_order_line on orders.line_order (line_id, placed_at desc, id desc);
create index line_order_due on orders.line_order (carry_out_at) where state = 'waiting';
create index line_order_waiting on orders.line_order (line_id) where state in ('waiting', 'running', 'pending');
create index line_order_approval on orders.line_order (placed_at, id) where state = 'approval';
-- What an agent has given away in the last day.
create index line_order_goodwill on orders.line_order (by_id, placed_at) where kind = 'goodwill-credit';
