create schema timeline;

-- A door that is open: a bot, a mailbox, a site's chat.
create table timeline.channel_account (
  id uuid primary key,
  kind text not null check (kind in ('web-chat', 'max', 'telegram', 'email', 'sms')),
  name text not null,
  state text not null default 'active' check (state in ('active', 'paused')),
  policy text not null check (policy in ('full', 'no-personal-data', 'invite-only')),
  settings jsonb not null default '{}',
  secrets bytea,                      -- encrypted JSON
  cursor jsonb not null default '{}', -- where a poller or IMAP reader stands
  health jsonb not null default '{"state": "unknown", "checkedAt": null, "reason": null}',
  created_at timestamptz not null
);

-- The unit of order. Its row lock hands out the numbers of its entries; its id is that of its contact point or line.
create table timeline.lane (
  id uuid primary key,
  kind text not null check (kind in ('contact-point', 'line')),
  channel_account_id uuid,
  channel text,
  last_seq bigint not null default 0,
  last_at timestamptz,                -- when the newest entry was stored
  last_inbound_at timestamptz,        -- when the person last wrote: reply windows
  interaction_id uuid,                -- the stretch now going on, if any
  conversation_id uuid,               -- the matter that new entries are filed under
  filed_seq bigint not null default 0,-- entries up to here are filed
  read_in_seq bigint not null default 0,  -- agents have read the person up to here
  read_out_seq bigint not null default 0, -- the person has read us up to here
  erased_at timestamptz
) with (fillfactor = 80);

-- The append-only skeleton. It has no foreign keys: the lane's row is locked whenever one is written, and a check
-- a row would cost more than the row. Hash-partitioned by lane: the first step to more than one machine.
create table timeline.entry (
  lane_id uuid not null,
  seq bigint not null check (seq > 0),
  kind text not null check (kind in ('message', 'note', 'edit', 'deletion', 'mark')),
  direction text not null check (direction in ('in', 'out', 'internal')),
  author_kind text not null check (author_kind in ('subscriber', 'agent', 'assistant', 'system')),
  author_id uuid,
  supersedes bigint,
  provider_at timestamptz,
  received_at timestamptz not null,
  stored_at timestamptz not null,
  late boolean not null default false,
  primary key (lane_id, seq)
) partition by hash (lane_id);
create table timeline.entry_0 partition of timeline.entry for values with (modulus 4, remainder 0);
create table timeline.entry_1 partition of timeline.entry for values with (modulus 4, remainder 1);
create table timeline.entry_2 partition of timeline.entry for values with (modulus 4, remainder 2);
create table timeline.entry_3 partition of timeline.entry for values with (modulus 4, remainder 3);

-- What was said. Stands apart so that it can be destroyed while the skeleton goes on counting.
create table timeline.entry_body (
  lane_id uuid not null,
  seq bigint not null,
  body jsonb not null,
  external_id text,                   -- the provider's name of the message: edits, replies and receipts refer to it
  stored_at timestamptz not null,
  primary key (lane_id, seq)
) partition by hash (lane_id);
create table timeline.entry_body_0 partition of timeline.entry_body for values with (modulus 4, remainder 0);
create table timeline.entry_body_1 partition of timeline.entry_body for values with (modulus 4, remainder 1);
create table timeline.entry_body_2 partition of timeline.entry_body for values with (modulus 4, remainder 2);
create table timeline.entry_body_3 partition of timeline.entry_body for values with (modulus 4, remainder 3);
create index entry_body_external on timeline.entry_body (lane_id, external_id) where external_id is not null;
-- Retention scans by age; BRIN costs almost nothing to write because rows arrive in order of time.
create index entry_body_age on timeline.entry_body using brin (stored_at);

-- What the channel really sent, byte for byte. Keyed by time as well, ready to be partitioned by month.
create table timeline.raw_event (
  received_at timestamptz not null,
  id uuid not null,
  channel_account_id uuid not null,
  lane_id uuid,
  payload bytea,                      -- null = erased
  headers jsonb,
  primary key (received_at, id)
);
create index raw_event_lane on timeline.raw_event using brin (received_at);

-- Events that were accepted but could not be put on a timeline: visible with their reason, replayable.
create table timeline.unfiled_event (
  id uuid primary key,
  channel_account_id uuid not null references timeline.channel_account,
  raw_received_at timestamptz not null,
  raw_id uuid not null,
  key text,                           -- the event within the payload; null = the payload itself could not be read
  state text not null check (state in ('failed', 'set-aside', 'replayed', 'discarded')),
  reason text not null,
  attempts int not null default 1,
  next_attempt_at timestamptz,
  changed_at timestamptz not null
);
create index unfiled_event_open on timeline.unfiled_event (id desc) where state in ('failed', 'set-aside');
create index unfiled_event_due on timeline.unfiled_event (next_attempt_at) where state = 'failed';

-- One row an event ever seen: what makes replays change nothing. Hash-partitioned by its key (invariant 2).
create table timeline.inbound_key (
  channel_account_id uuid not null,
  external_id text not null check (external_id <> ''),
  received_at timestamptz not null,
  primary key (channel_account_id, external_id)
) partition by hash (channel_account_id, external_id);
create table timeline.inbound_key_0 partition of timeline.inbound_key for values with (modulus 4, remainder 0);
create table timeline.inbound_key_1 partition of timeline.inbound_key for values with (modulus 4, remainder 1);
create table timeline.inbound_key_2 partition of timeline.inbound_key for values with (modulus 4, remainder 2);
create table timeline.inbound_key_3 partition of timeline.inbound_key for values with (modulus 4, remainder 3);
create index inbound_key_age on timeline.inbound_key using brin (received_at);

-- What must follow an accepted batch: these lanes have entries to be filed. One row a batch, claimed with skip locked.
create table timeline.arrival (
  id bigint generated always as identity primary key,
  lane_ids uuid[] not null,
  seqs bigint[] not null,
  stored_at timestamptz not null,
  attempts int not null default 0,
  not_before timestamptz not null
);

-- One stretch in one channel: the unit of counting.
create table timeline.interaction (
  id uuid primary key,
  lane_id uuid not null,
  channel text not null,
  first_seq bigint not null,
  last_seq bigint,                    -- null = going on
  opened_at timestamptz not null,
  closed_at timestamptz,
  close_reason text check (close_reason in ('resolved', 'silence')),
  opened_by text not null check (opened_by in ('subscriber', 'agent', 'system')),
  rules_version int not null          -- of the silence and reopening windows
);
create index interaction_lane on timeline.interaction (lane_id, first_seq desc);
create index interaction_opened on timeline.interaction (opened_at, channel);

create sequence timeline.conversation_number;

-- One matter. It may span channels and interactions.
create table timeline.conversation (
  id uuid primary key,
  number bigint not null unique default nextval('timeline.conversation_number'),
  contact_point_id uuid not null,     -- where it began
  channel text not null,              -- of that lane
  state text not null check (state in ('open', 'snoozed', 'resolved', 'muted')),
  version int not null default 1,
  topic_id uuid,
  outcome text,
  summary_note text,
  assignee_id uuid,
  waiting_since timestamptz,          -- since when the person waits for an answer
  lane_id uuid not null,              -- where the person last wrote
  -- Order of the inbox, descending: who waits longest, then what changed last. It moves only when waiting begins or
  -- ends, so that a flood of messages touches no index.
  rank bigint not null,
  opened_at timestamptz not null,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  resolved_by uuid,
  reopened int not null default 0,
  trouble boolean not null default false,
  muted_as text check (muted_as in ('spam', 'abuse')),
  joined_into uuid,
  rules_version int not null
) with (fillfactor = 80);
-- The inbox: each filter pair that the screen offers runs along one of these; where a filter is left open, its few
-- values are walked one by one (LATERAL), never sorted as a whole.
create index conversation_all on timeline.conversation (state, channel, rank desc, id desc);
create index conversation_topic on timeline.conversation (state, topic_id, channel, rank desc, id desc);
create index conversation_assignee on timeline.conversation (assignee_id, state, channel, rank desc, id desc);
create index conversation_assignee_topic on timeline.conversation (assignee_id, state, topic_id, channel, rank desc, id desc);
create index conversation_person on timeline.conversation (contact_point_id, opened_at desc);
create index conversation_snoozed on timeline.conversation (snoozed_until) where state = 'snoozed';

-- Files a stretch of an interaction under a conversation. Open-ended: the stretch goes on.
create table timeline.segment (
  id uuid primary key,
  interaction_id uuid not null references timeline.interaction,
  conversation_id uuid not null references timeline.conversation,
  lane_id uuid not null,
  from_seq bigint not null,
  to_seq bigint,
  check (to_seq is null or to_seq >= from_seq)
);
create index segment_conversation on timeline.segment (conversation_id);
create index segment_lane on timeline.segment (lane_id, from_seq desc);
create unique index segment_open on timeline.segment (lane_id) where to_seq is null;

-- A message on its way out: a state machine with leases. It takes its place in the lane when it is released.
create table timeline.outbound (
  id uuid primary key,                -- made by the sender: a double click is one message
  conversation_id uuid not null,
  lane_id uuid not null,
  author_kind text not null check (author_kind in ('agent', 'assistant', 'system')),
  author_id uuid,
  state text not null check (state in ('held', 'cancelled', 'queued', 'sending', 'unknown', 'failed', 'sent', 'delivered', 'read')),
  body jsonb,                         -- until it is released; then it stands in entry_body
  seq bigint,
  release_at timestamptz not null,
  attempts int not null default 0,
  next_attempt_at timestamptz,
  give_up_at timestamptz,             -- the lane goes on after this
  lease uuid,
  lease_until timestamptz,
  external_id text,
  reason text,
  retryable boolean not null default false,
  after_unconfirmed boolean not null default false,
  created_at timestamptz not null,
  changed_at timestamptz not null
) with (fillfactor = 70);
create index outbound_held on timeline.outbound (release_at) where state = 'held';
create index outbound_lane_queue on timeline.outbound (lane_id, seq) where state in ('queued', 'sending');
create index outbound_due on timeline.outbound (next_attempt_at) where state in ('queued', 'sending');
create index outbound_conversation on timeline.outbound (conversation_id) where state in ('held', 'unknown', 'failed');
create index outbound_entry on timeline.outbound (lane_id, seq);

-- Every state it passed through; provider's names of it, for receipts.
create table timeline.outbound_event (
  outbound_id uuid not null references timeline.outbound on delete cascade,
  at timestamptz not null,
  state text not null,
  detail text
);
create index outbound_event_message on timeline.outbound_event (outbound_id, at);
create table timeline.outbound_external (
  channel_account_id uuid not null,
  external_id text not null check (external_id <> ''),
  outbound_id uuid not null references timeline.outbound on delete cascade,
  primary key (channel_account_id, external_id)
);

create table timeline.attachment (
  id uuid primary key,
  lane_id uuid,                       -- null = uploaded, not yet sent
  seq bigint,
  uploader text not null,             -- who may use it before it is sent
  file_id uuid references platform.file,
  remote jsonb,                       -- where the channel keeps it, until it is fetched
  name text not null,
  media_type text not null,
  bytes bigint not null,
  kind text not null check (kind in ('image', 'audio', 'video', 'file')),
  width int,
  height int,
  content_id text,
  state text not null check (state in ('ready', 'pending', 'failed', 'erased')),
  reason text,
  created_at timestamptz not null
);
create index attachment_entry on timeline.attachment (lane_id, seq) where lane_id is not null;
create index attachment_unused on timeline.attachment (created_at) where lane_id is null;
create index attachment_file on timeline.attachment (file_id) where file_id is not null;

create table timeline.draft (
  agent_id uuid not null,
  conversation_id uuid not null references timeline.conversation on delete cascade,
  text text not null,
  lane_id uuid,
  attachment_ids uuid[] not null,
  note boolean not null,
  version int not null,
  updated_at timestamptz not null,
  primary key (agent_id, conversation_id)
);
create index draft_conversation on timeline.draft (conversation_id);
create index draft_age on timeline.draft (updated_at);

-- Visitors of web chats: an opaque token (its SHA-256) bound to one site.
create schema web_chat;
create table web_chat.visitor (
  id uuid primary key,
  channel_account_id uuid not null references timeline.channel_account,
  token_hash bytea not null unique,
  contact_point_id uuid not null unique,
  origin text not null,
  page text,
  locale text,
  created_at timestamptz not null,
  seen_at timestamptz not null
);

create schema search;
-- Filled after the commit, from the arrivals' and releases' own queue; lag is measured.
create table search.document (
  lane_id uuid not null,
  seq bigint not null,
  stored_at timestamptz not null,
  words tsvector not null,
  primary key (lane_id, seq)
);
create index document_words on search.document using gin (words);
create index document_age on search.document using brin (stored_at);
create table search.waiting (
  id bigint generated always as identity primary key,
  lane_ids uuid[] not null,
  seqs bigint[] not null,
  stored_at timestamptz not null
);
