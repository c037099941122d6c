create schema understanding;

-- What people want: the classes of the assistant's understanding.
create table understanding.intent (
  key text primary key,
  topic_key text,                     -- a topic of the tree by its key, which is stable; null = about none
  title_ru text not null,
  title_en text not null,
  created_at timestamptz not null
);

-- Examples teach. What is out of scope has the reserved key `out-of-scope`.
create table understanding.example (
  id uuid primary key,
  intent text not null references understanding.intent,
  text text not null,
  plain text not null unique,         -- words alone: the same words teach one intent
  added_at timestamptz not null,
  added_by text not null
);
create index example_of_intent on understanding.example (intent, id);

-- Counts changes of examples: every node compares it with what it was trained on.
create table understanding.revision (
  single boolean primary key default true check (single),
  number bigint not null
);
insert into understanding.revision (number) values (0);
