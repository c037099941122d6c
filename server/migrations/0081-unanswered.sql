-- Questions that the assistant was not sure of, without who asked: numbers are blanked before they are kept.
create table understanding.unanswered (
  id uuid primary key,
  text text not null,
  plain text not null unique,         -- the same words count up
  times int not null,
  intent text not null,               -- the likeliest, for sorting into heaps
  confidence real not null,
  last_at timestamptz not null
);
create index unanswered_by_age on understanding.unanswered (last_at);
create index unanswered_often on understanding.unanswered (times desc, id desc);
