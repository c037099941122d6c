create schema catalogue;

create table catalogue.version (
  id uuid primary key,
  number int not null unique,
  published_at timestamptz not null,
  published_by text not null,
  diff jsonb not null                 -- what it changed, as it was told to who published it
);

-- One thing on offer with its conditions, through the versions [since, until). Lines refer to its id: what was agreed stays agreed,
-- so nothing is deleted and nothing but `until` ever changes.
create table catalogue.offering (
  id uuid primary key,
  code text not null,
  kind text not null check (kind in ('tariff', 'option', 'content', 'discount')),
  terms jsonb not null,
  since int not null references catalogue.version (number),
  until int references catalogue.version (number),
  unique (code, since),
  check (until > since)
);
create unique index offering_in_force on catalogue.offering (code) where until is null;
create index offering_until on catalogue.offering (until, since);

create function catalogue.keep_what_was_agreed() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (new.id, new.code, new.kind, new.terms, new.since) = (old.id, old.code, old.kind, old.terms, old.since)
    and old.until is null then
    return new;
  end if;
  raise exception 'an offering that was published keeps its terms';
end $$;
create trigger keep_what_was_agreed before update or delete on catalogue.offering
  for each row execute function catalogue.keep_what_was_agreed();
