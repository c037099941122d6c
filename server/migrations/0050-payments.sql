create schema payments;

-- Money on its way to a line. The provider makes one payment of one id, and the ledger credits it once.
create table payments.payment (
  id uuid primary key,                 -- the order's
  line_id uuid not null,
  kopecks bigint not null check (kopecks > 0),
  state text not null check (state in ('created', 'waiting', 'succeeded', 'failed', 'expired', 'unknown')),
  automatic boolean not null,          -- by the line's rule, from the method that was saved for it
  payer_id uuid,                       -- the subscriber who pays; null: the rule
  saves jsonb,                         -- the rule that begins when it succeeds, with the words that were agreed to
  provider text not null,
  provider_id text check (provider_id <> ''),  -- how the provider names it
  redirect_url text,                   -- where the person pays
  reason text,
  attempts int not null default 0,     -- how often the provider was asked since it answered last
  lease uuid,
  next_at timestamptz,                 -- when the provider is asked next; null: no more
  heard_at timestamptz,                -- when it answered last
  created_at timestamptz not null,
  settled_at timestamptz,
  check ((state in ('succeeded', 'failed', 'expired')) = (settled_at is not null))
) with (fillfactor = 80);
create unique index payment_provider on payments.payment (provider, provider_id) where provider_id is not null;
create index payment_due on payments.payment (next_at) where next_at is not null;
create index payment_line on payments.payment (line_id, created_at);
-- What a person has to look at.
create index payment_unknown on payments.payment (created_at, id) where state = 'unknown';
create index payment_open on payments.payment (state) where state in ('created', 'waiting', 'unknown');

-- What a line's automatic top-up is paid from, with the owner's consent. It ends with the rule that it was given for.
create table payments.method (
  id uuid primary key,
  line_id uuid not null,
  party_id uuid not null,              -- the owner who agreed
  provider text not null,
  token bytea,                         -- sealed; destroyed when it ends
  title text not null,                 -- as the provider words it: no number of a card
  payment_id uuid not null,            -- with which it was saved
  consent_at timestamptz not null,
  consent_words text not null,
  failures int not null default 0,     -- charges that failed one after the other
  ended_at timestamptz,
  check ((ended_at is not null) = (token is null))
);
create unique index method_now on payments.method (line_id) where ended_at is null;

-- Lines whose balance fell below the threshold of their automatic top-up. Written and taken under the line's lock.
create table payments.fall (
  line_id uuid primary key,
  fell_at timestamptz not null
);

-- The fall that was told of; a balance that has risen again may fall again.
alter table lines.line add column top_up_asked boolean not null default false;
