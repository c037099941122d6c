-- Short-lived tokens that other systems get for their service token (OAuth 2.0 client credentials). They end with it.
create table integrations.access_token (
  hash bytea primary key,
  client_id uuid not null references integrations.service_token on delete cascade,
  scopes text[] not null,
  expires_at timestamptz not null
);
create index access_token_client on integrations.access_token (client_id);
create index access_token_age on integrations.access_token (expires_at);

create schema tmf;
-- What clients call their orders, told back to them. The order's id follows from it, so that a repeat is done once.
create table tmf.external_order (
  order_id uuid primary key,
  external_id text not null
);

-- Receivers that registered themselves at a TM Forum API (`hub`): whose they are, of which API, what they asked for.
alter table integrations.webhook
  add column client_id uuid references integrations.service_token on delete cascade,
  add column api text,
  add column query text,
  add check ((client_id is null) = (api is null));
create index webhook_client on integrations.webhook (client_id, api) where client_id is not null;
