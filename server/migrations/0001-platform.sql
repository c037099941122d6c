create schema platform;

-- Answers to writes that carried an Idempotency-Key, kept for 30 days. A small table of its own, hash-partitioned by
-- its key, so that uniqueness never depends on a table that grows or is partitioned by time (invariant 2).
create table platform.idempotency_key (
  actor text not null,
  operation text not null,
  key text not null,
  digest bytea not null,
  answer jsonb,
  created_at timestamptz not null,
  primary key (actor, operation, key)
) partition by hash (actor, operation, key);
create table platform.idempotency_key_0 partition of platform.idempotency_key for values with (modulus 4, remainder 0);
create table platform.idempotency_key_1 partition of platform.idempotency_key for values with (modulus 4, remainder 1);
create table platform.idempotency_key_2 partition of platform.idempotency_key for values with (modulus 4, remainder 2);
create table platform.idempotency_key_3 partition of platform.idempotency_key for values with (modulus 4, remainder 3);
create index idempotency_key_age on platform.idempotency_key (created_at);

-- Operator-wide settings, one JSON document a name (branding, windows, retention).
create table platform.setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);

-- Files stand encrypted in the files port under their content's keyed hash; several owners may share one.
create table platform.file (
  id uuid primary key,
  content_hash bytea not null unique,
  bytes bigint not null check (bytes >= 0),
  media_type text not null,
  key_id text not null,
  owners int not null check (owners >= 0),
  stored_at timestamptz not null
);
create index file_unowned on platform.file (stored_at) where owners = 0;

-- Counters that several nodes must share (sign-in attempts, codes by SMS); kept by rate-limiter-flexible.
create table platform.rate_limit (
  key varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
create index rate_limit_expiry on platform.rate_limit (expire);
