-- Which node polls a bot or reads a mailbox: one at a time. A node that dies loses its lease after its time.
create table timeline.door_lease (
  channel_account_id uuid primary key references timeline.channel_account on delete cascade,
  node uuid not null,
  held_until timestamptz not null
);
-- Messages that are on their way or need a person, by state: for the metrics.
create index outbound_state on timeline.outbound (state) where state in ('held', 'queued', 'sending', 'unknown', 'failed');
