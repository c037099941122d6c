create schema staff;

create table staff.member (
  id uuid primary key,
  email text not null,
  name text not null,
  roles text[] not null check (roles <@ array['agent', 'supervisor', 'designer', 'admin']),
  locale text not null default 'ru' check (locale in ('ru', 'en')),
  password_hash text,
  totp_secret bytea,            -- encrypted
  totp_confirmed_at timestamptz,
  totp_last_step bigint,        -- a code works once
  oidc_subject text unique,
  demo boolean not null default false,
  active boolean not null default true,
  capacity int not null default 30 check (capacity between 1 and 200),
  presence text not null default 'offline' check (presence in ('online', 'away', 'offline')),
  presence_at timestamptz,
  created_at timestamptz not null
);
create unique index member_email on staff.member (lower(email));

-- A session is an opaque token; only its SHA-256 is kept.
create table staff.session (
  id uuid primary key,
  token_hash bytea not null unique,
  member_id uuid not null references staff.member on delete cascade,
  started_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  locked_at timestamptz,
  user_agent text not null,
  address text not null
);
create index session_member on staff.session (member_id, last_seen_at desc);
create index session_expiry on staff.session (expires_at);

create schema audit;

-- Reads of personal data: who looked at whom, when, why (152-FZ: all accesses of one agent in a period).
create table audit.access (
  id uuid primary key,          -- v7: also the order
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('agent', 'service', 'system')),
  actor_id uuid,
  actor_name text not null,
  act text not null,
  subscriber_id uuid,
  contact_point_id uuid,
  conversation_id uuid,
  reason text,
  address text not null
);
create index access_actor on audit.access (actor_id, id desc);
create index access_contact_point on audit.access (contact_point_id, id desc);
create index access_conversation on audit.access (conversation_id, actor_id, act, id desc);
create index access_reveals on audit.access (actor_id, act, at);
create index access_age on audit.access (at);

-- Changes of settings, staff, doors, rules.
create table audit.change (
  id uuid primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('agent', 'service', 'system')),
  actor_id uuid,
  actor_name text not null,
  act text not null,
  subject text not null,
  before jsonb,
  after jsonb
);

create table audit.erasure (
  id uuid primary key,
  requested_at timestamptz not null,
  finished_at timestamptz,
  requested_by text not null,
  reason text not null,
  counts jsonb not null default '{}'
);
