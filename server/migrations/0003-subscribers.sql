create schema subscribers;

-- A person (or company) whom we serve. A phone number is never the key of a person.
create table subscribers.subscriber (
  id uuid primary key,
  name text not null,
  locale text check (locale in ('ru', 'en')),
  time_zone text,
  note text,
  created_at timestamptz not null,
  erased_at timestamptz
);

-- An address in a channel account. Its id is also the id of its lane.
create table subscribers.contact_point (
  id uuid primary key,
  channel_account_id uuid not null,
  channel text not null,
  address text not null,              -- the external id as people know it: number, address, user id
  display_name text,
  username text,
  locale text,
  trust smallint not null default 0 check (trust between 0 and 4),
  trust_expires_at timestamptz,
  unreachable_since timestamptz,      -- blocked the bot, left the door
  muted_as text check (muted_as in ('spam', 'abuse')),
  created_at timestamptz not null,
  erased_at timestamptz
);
create index contact_point_address on subscribers.contact_point (lower(address));
create index contact_point_name on subscribers.contact_point (lower(display_name)) where display_name is not null;
create index contact_point_username on subscribers.contact_point (lower(username)) where username is not null;

-- Every name under which a channel account knows a contact point. An alias never moves to another contact point,
-- so that a process may remember the answer.
create table subscribers.contact_alias (
  channel_account_id uuid not null,
  external_id text not null check (external_id <> ''),
  contact_point_id uuid not null references subscribers.contact_point on delete cascade,
  created_at timestamptz not null,
  primary key (channel_account_id, external_id)
);
create index contact_alias_point on subscribers.contact_alias (contact_point_id);

create table subscribers.proof (
  id uuid primary key,
  contact_point_id uuid not null references subscribers.contact_point on delete cascade,
  kind text not null check (kind in ('sms-code', 'shared-contact', 'deep-link', 'dmarc', 'agent', 'sign-in')),
  level smallint not null check (level between 0 and 4),
  evidence jsonb not null default '{}',   -- erasable; never a secret
  proved_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);
create index proof_point on subscribers.proof (contact_point_id, proved_at desc);

-- A code on its way, or a one-time token in a deep link: hashed, short-lived, few attempts.
create table subscribers.challenge (
  id uuid primary key,
  kind text not null check (kind in ('sms-code', 'deep-link')),
  contact_point_id uuid not null references subscribers.contact_point on delete cascade,
  secret_hash bytea not null,
  msisdn text,
  channel_account_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts_left int not null check (attempts_left >= 0),
  used_at timestamptz
);
create unique index challenge_secret on subscribers.challenge (secret_hash) where kind = 'deep-link';
create index challenge_point on subscribers.challenge (contact_point_id, created_at desc);
create index challenge_expiry on subscribers.challenge (expires_at);

-- Whose contact point it is, and for which time of its lane. Rows are only ever closed or voided, never rewritten;
-- a person's timeline is the merge of lanes within these validities.
create table subscribers.contact_link (
  id uuid primary key,
  contact_point_id uuid not null references subscribers.contact_point on delete cascade,
  subscriber_id uuid not null references subscribers.subscriber,
  valid_from timestamptz not null,
  valid_to timestamptz,
  made_at timestamptz not null,
  made_by text not null,
  reason text not null,
  proof_id uuid,
  unmade_at timestamptz,
  unmade_by text,
  unmade_reason text,
  voided boolean not null default false,   -- it was a mistake: it never held
  check (valid_to is null or valid_to >= valid_from)
);
create unique index contact_link_now on subscribers.contact_link (contact_point_id)
  where valid_to is null and not voided;
create index contact_link_subscriber on subscribers.contact_link (subscriber_id) where not voided;
create index contact_link_point on subscribers.contact_link (contact_point_id, valid_from);

-- Pairs that look alike; a person decides. A dismissed pair is not proposed again.
create table subscribers.suggestion (
  id uuid primary key,
  contact_point_id uuid not null references subscribers.contact_point on delete cascade,
  other_contact_point_id uuid not null references subscribers.contact_point on delete cascade,
  likeness text[] not null,
  score real not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'dismissed')),
  created_at timestamptz not null,
  check (contact_point_id < other_contact_point_id),
  unique (contact_point_id, other_contact_point_id)
);
create index suggestion_other on subscribers.suggestion (other_contact_point_id);
