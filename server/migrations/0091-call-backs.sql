-- A call that was promised in a conversation: when, by the clock of which zone, at which number (null: the one that they write from).
alter table timeline.conversation add column call_back_at timestamptz;
alter table timeline.conversation add column call_back_zone text;
alter table timeline.conversation add column call_back_msisdn text;
