-- Visits to the assistant: what its success is counted from. Nothing that anybody said stands here, so that it stays when words are destroyed.
create table assistant.visit (
  id uuid primary key,
  conversation_id uuid not null,
  lane_id uuid not null,
  from_seq bigint not null,           -- the newest entry of its lane when it began
  channel text not null,
  definition smallint not null,       -- of visits and of what success is, when it was counted; see docs/measures.md
  began_at timestamptz not null,
  last_at timestamptz not null,       -- of its newest step
  -- talking: nobody ended it, whoever went away did so in the middle; over: it came to an end; people: somebody of the staff goes on
  state text not null,
  why text,                           -- people: as the hand-over says, or 'taken'
  done boolean not null,              -- a task was completed
  topic_key text,                     -- of what was wanted last, as understanding knows it; null = none is known
  agent_at timestamptz,               -- when somebody of the staff took part
  recontact_at timestamptz,           -- the same person came again on the topic, within seven days
  judged_days smallint not null default 0  -- how long after it was looked at what followed: 0, 1, 7
) with (fillfactor = 80);
create index visit_began on assistant.visit (began_at);
create index visit_lane on assistant.visit (lane_id, began_at);
create index visit_judged on assistant.visit (judged_days, last_at) where judged_days < 7;

-- The flows that a visit went through, in order.
create table assistant.visit_flow (
  visit_id uuid not null references assistant.visit on delete cascade,
  turn int not null,                  -- at which it began
  flow_key text not null,
  flow_version int not null,
  intent text,                        -- what was understood, where that led here
  node text not null,                 -- where it came to
  done boolean not null,
  primary key (visit_id, turn)
);

alter table assistant.dialog add column visit_id uuid;
