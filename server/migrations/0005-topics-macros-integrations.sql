create schema topics;

create table topics.version (
  number int primary key,
  published_at timestamptz not null,
  published_by text not null
);
-- A topic lives through the versions [since, until); nothing is deleted, so that old conversations keep their topic.
create table topics.topic (
  id uuid not null,
  parent_id uuid,
  key text not null,
  title_ru text not null,
  title_en text not null,
  position int not null,
  since int not null references topics.version,
  until int references topics.version,
  primary key (id, since)
);
create index topic_in_force on topics.topic (position) where until is null;

create schema macros;
create table macros.macro (
  id uuid primary key,
  owner_id uuid,                      -- null = shared
  title text not null,
  text text not null,
  uses int not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index macro_owner on macros.macro (owner_id, uses desc);

create schema integrations;
create table integrations.service_token (
  id uuid primary key,
  name text not null,
  token_hash bytea not null unique,
  prefix text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);

create table integrations.webhook (
  id uuid primary key,
  url text not null,
  secret bytea not null,              -- encrypted
  events text[] not null,
  active boolean not null default true,
  with_bodies boolean not null default false,
  failing boolean not null default false,
  created_at timestamptz not null
);
create table integrations.webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references integrations.webhook on delete cascade,
  event text not null,
  lane_id uuid,                       -- for erasure by person
  payload jsonb,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  status int,
  reason text,
  created_at timestamptz not null,
  next_attempt_at timestamptz
);
create index webhook_delivery_log on integrations.webhook_delivery (webhook_id, id desc);
create index webhook_delivery_lane on integrations.webhook_delivery (lane_id) where lane_id is not null;
create index webhook_delivery_age on integrations.webhook_delivery (created_at);
