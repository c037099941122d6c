-- What clients call things that they made here, so that a repeat finds the first: once a client, API and name.
create table tmf.client_name (
  client_id uuid not null,
  api text not null,
  name text not null check (name <> ''),
  thing_id uuid not null,
  digest bytea not null,               -- of what was asked: another request under the same name is refused
  made_at timestamptz not null,
  primary key (client_id, api, name)
);
