-- Payloads that stand on no lane (unreadable ones, receipts) are looked through when a person is erased.
create index raw_event_laneless on timeline.raw_event (channel_account_id, received_at)
  where lane_id is null and payload is not null;
create index unfiled_event_raw on timeline.unfiled_event (raw_id);
-- What retention and erasure look for by age or by uploader.
create index attachment_age on timeline.attachment (created_at) where lane_id is not null and state <> 'erased';
create index attachment_uploader on timeline.attachment (uploader) where lane_id is null;
create index conversation_noted on timeline.conversation (opened_at) where summary_note is not null;

-- Deliveries to other systems: what is due, by receiver, so that a slow one keeps nobody else waiting.
create index webhook_delivery_due on integrations.webhook_delivery (webhook_id, next_attempt_at) where state = 'waiting';
alter table integrations.webhook_delivery
  add column give_up_at timestamptz,  -- no attempt after this
  add column lease uuid;              -- whose attempt is under way
