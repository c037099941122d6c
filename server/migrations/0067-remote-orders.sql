-- Orders that were given to a remote system: noted before they leave, asked about until it has told how they ended.
create table tmf.remote_order (
  id uuid primary key,                 -- the other side knows it by this name
  line_id uuid not null,
  request jsonb not null,
  by jsonb not null,                   -- who asked for it and through which door
  state text not null check (state in
    ('approval', 'waiting', 'running', 'pending', 'done', 'refused', 'unknown', 'undone', 'declined')),
  reason jsonb,
  placed_at timestamptz not null,
  heard_at timestamptz,                -- when the other side told of it last; null: it never has
  attempts int not null default 0,     -- how often it was asked since
  lease uuid,
  next_at timestamptz,                 -- when it is asked next; null: no more
  settled_at timestamptz,
  check ((state in ('done', 'refused', 'undone', 'declined')) = (settled_at is not null))
) with (fillfactor = 80);
create index remote_order_due on tmf.remote_order (next_at) where next_at is not null;
create index remote_order_settled on tmf.remote_order (settled_at) where settled_at is not null;
-- What a person has to look at.
create index remote_order_unknown on tmf.remote_order (placed_at, id) where state = 'unknown';
create index line_order_unknown on orders.line_order (placed_at, id) where state = 'unknown' and kind <> 'top-up';
