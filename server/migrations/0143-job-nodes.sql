-- Runners of jobs that are alive: each says so again and again, the others look whether it still does (decision 0042). `id` is what the
-- runner locks its jobs with.
create table platform.job_node (
  id text primary key,
  beats bigint not null default 1,
  began_at timestamptz not null default now(),
  beat_at timestamptz not null default now()   -- for people: nobody compares clocks with it
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
