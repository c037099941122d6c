-- Stored answers that mention a person are destroyed with the person: all that was ever answered in a month was read for it. Answers to people
-- themselves mention nobody else and are found by whom they were given to.
create function platform.ids_in(answer jsonb) returns uuid[] language sql immutable strict parallel safe as $$
  select array(select distinct id[1]::uuid
    from regexp_matches(answer::text, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', 'g') as id)
$$;
create index idempotency_key_mentions on platform.idempotency_key using gin (platform.ids_in(answer))
  where actor not like 'subscriber:%' and actor not like 'visitor:%';
