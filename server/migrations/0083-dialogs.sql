-- At which doors the assistant answers. A door without a row: it does not.
create table assistant.door (
  channel_account_id uuid primary key references timeline.channel_account,
  is_on boolean not null,
  changed_at timestamptz not null,
  changed_by text not null
);

-- Lanes on which somebody said something that the assistant has not heard yet. Claimed with a lease: an act goes on
-- between two transactions, and whoever dies with it is followed by another.
create table assistant.waiting (
  lane_id uuid primary key,
  from_seq bigint not null,
  to_seq bigint not null,
  not_before timestamptz not null,
  attempts int not null default 0,
  lease uuid,
  lease_until timestamptz
) with (fillfactor = 70);
create index waiting_due on assistant.waiting (not_before);

-- The dialog of a conversation: one at a time, on the version of the flow on which it began.
create table assistant.dialog (
  conversation_id uuid primary key,
  lane_id uuid not null,              -- where it goes on
  -- talking: the assistant goes on; people: somebody of the staff does; over: it ended, the next word begins another
  status text not null check (status in ('talking', 'people', 'over')),
  state jsonb,                        -- null = erased
  turn int not null,                  -- of the newest step: compared and set
  fresh_until timestamptz,            -- a code was told: until then it counts as signed in
  began_at timestamptz not null,
  changed_at timestamptz not null
) with (fillfactor = 70);
create index dialog_changed on assistant.dialog (changed_at) where state is not null;

-- Every step: from it the dialog can be played again. A secret stands there as a mark.
create table assistant.turn (
  conversation_id uuid not null,
  turn int not null,
  at timestamptz not null,
  flow_key text not null,
  flow_version int not null,
  node text not null,                 -- where it came to
  engine text not null,               -- which one spoke
  input jsonb,                        -- null = erased
  effect text,                        -- what followed: act, hand-over …
  primary key (conversation_id, turn)
);
create index turn_age on assistant.turn using brin (at);
