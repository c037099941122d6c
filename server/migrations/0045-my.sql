-- Who a person or company of the operator's books is to us.
create table subscribers.party_link (
  party_id text primary key,              -- the operator's own name of them
  subscriber_id uuid not null unique references subscribers.subscriber,
  made_at timestamptz not null
);

-- Whose line it is or was, and for which time: the line's lane is part of their timeline within it. Rows are closed, never rewritten.
create table subscribers.line_link (
  id uuid primary key,
  line_id uuid not null,                  -- also the id of its lane
  subscriber_id uuid not null references subscribers.subscriber,
  role text not null check (role in ('owner', 'user', 'trusted')),
  valid_from timestamptz,                 -- null = from the line's beginning
  valid_to timestamptz,
  made_at timestamptz not null,
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create unique index line_link_now on subscribers.line_link (line_id, subscriber_id) where valid_to is null;
create index line_link_subscriber on subscribers.line_link (subscriber_id);
create index line_link_line on subscribers.line_link (line_id);

-- The app and the lines.
alter table timeline.channel_account
  drop constraint channel_account_kind_check,
  add constraint channel_account_kind_check check (kind in ('web-chat', 'max', 'telegram', 'email', 'sms', 'my'));
-- There is one app.
create unique index channel_account_my on timeline.channel_account (kind) where kind = 'my';
alter table timeline.entry
  drop constraint entry_kind_check,
  add constraint entry_kind_check check (kind in ('message', 'note', 'edit', 'deletion', 'mark', 'order'));
-- What later became of an entry.
create index entry_supersedes on timeline.entry (lane_id, supersedes) where supersedes is not null;

create schema my;

-- Somebody signed in on a device. The token is opaque; only its SHA-256 is kept.
create table my.session (
  id uuid primary key,
  token_hash bytea not null unique,
  subscriber_id uuid not null references subscribers.subscriber,
  device text not null,                   -- as the app calls it
  trusted boolean not null,
  signed_in_by text not null check (signed_in_by in ('sms', 'email', 'pass')),
  line_id uuid not null,                  -- what it rests on: it ends with this line
  contact_point_id uuid,                  -- where the code went: a fresh one goes there too
  signed_in_at timestamptz not null,
  last_seen_at timestamptz not null,
  idle_until timestamptz not null,
  ends_at timestamptz not null,
  fresh_until timestamptz
);
create index session_subscriber on my.session (subscriber_id, last_seen_at desc);
create index session_line on my.session (line_id);
create index session_end on my.session (least(idle_until, ends_at));

-- A code on its way. One is made for every number that somebody types, ours or not, so that nobody can tell the two apart.
create table my.challenge (
  id uuid primary key,
  session_id uuid references my.session on delete cascade,  -- of whom a fresh code is asked; null = signing in
  by text not null check (by in ('sms', 'email')),
  secret_hash bytea not null,             -- by the installation's key
  msisdn text,                            -- until it is used
  contact_point_id uuid,                  -- the e-mail that it went to
  locale text not null check (locale in ('ru', 'en')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  attempts_left int not null check (attempts_left >= 0),
  used_at timestamptz
);
create index challenge_expiry on my.challenge (expires_at);
create index challenge_session on my.challenge (session_id) where session_id is not null;

-- An agent's one-time way in for a person whose SIM is lost.
create table my.pass (
  secret_hash bytea primary key,          -- by the installation's key
  subscriber_id uuid not null references subscribers.subscriber,
  line_id uuid not null,
  issued_by uuid not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index pass_expiry on my.pass (expires_at);
create index pass_subscriber on my.pass (subscriber_id);

-- Where a device is knocked at when something happened. The knock carries no content.
create table my.push_target (
  session_id uuid primary key references my.session on delete cascade,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  saved_at timestamptz not null
);

-- Which sections a subscriber opened on a day of theirs: no click stream.
create table my.visit (
  day date not null,
  subscriber_id uuid not null references subscribers.subscriber,
  section text not null check (section in ('home', 'services', 'tariff', 'finance', 'market', 'settings', 'help')),
  primary key (day, subscriber_id, section)
);
create index visit_subscriber on my.visit (subscriber_id);

-- The same counted, of days that are over everywhere on Earth; the rows themselves go after some time.
create table my.visit_day (
  day date primary key,
  active int not null check (active >= 0),
  sections jsonb not null
);
