-- What the pipelines need to keep one door, one message, one lane from holding up others.

-- Each door has its own room for messages on their way, so that a slow one holds up no other: the door stands on the message.
alter table timeline.outbound add column channel_account_id uuid; -- set when it is queued

update timeline.outbound o set channel_account_id = l.channel_account_id
from timeline.lane l where l.id = o.lane_id;

-- outbound_due served the claim across all doors; nobody asks it any more, and a later version drops it.
create index outbound_ready on timeline.outbound (channel_account_id, next_attempt_at) where state = 'queued';
create index outbound_leased on timeline.outbound (lease_until) where state = 'sending';

-- An upload goes with one message; once that is taken back, it is free for another.
alter table timeline.attachment add column outbound_id uuid;

-- What is accepted but cannot be filed is shown beside what could not be stored: entries of a lane up to a number.
alter table timeline.unfiled_event
  alter column raw_id drop not null,
  add column lane_id uuid,
  add column seq bigint,
  add check ((raw_id is null) = (lane_id is not null));
create unique index unfiled_event_lane on timeline.unfiled_event (lane_id) where state = 'set-aside' and lane_id is not null;
create index arrival_failed on timeline.arrival (not_before) where attempts > 0;
