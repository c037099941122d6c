-- Work that failed where the rest of its kind went on: what it was, why, and when it is tried again (decision 0043).
create table platform.set_aside (
  work text not null,                 -- the kind: 'lots', 'sales' …
  id uuid not null,                   -- of what it is done on
  reason text not null,
  tries int not null,                 -- that failed, in a row
  since timestamptz not null,
  until timestamptz not null,
  primary key (work, id)
);
create index set_aside_until on platform.set_aside (until);
