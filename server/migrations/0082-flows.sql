create schema assistant;

-- Dialogs as data: what they are, and every step of how they became so.
create table assistant.flow (
  key text primary key,
  version int not null,               -- of its newest step
  draft_version int not null,         -- the step that made its newest text
  published_version int,              -- whose text new dialogs begin on; null = none
  changed_at timestamptz not null,
  changed_by text not null
);

-- Everything that was done to a flow; nothing is changed or deleted here, dialogs end on the version on which they began.
create table assistant.flow_step (
  flow_key text not null references assistant.flow,
  version int not null,
  act text not null check (act in ('drafted', 'published', 'rolled-back')),
  flow_version int not null,          -- which text it made or put in force
  flow json,                          -- the text that it made; its order is the author's
  at timestamptz not null,
  by_id uuid,                         -- null = the house itself
  by_name text not null,
  primary key (flow_key, version),
  check ((act = 'drafted') = (flow is not null))
);
