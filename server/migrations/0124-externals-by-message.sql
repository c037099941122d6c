-- What channels call a message is found by the message when a person is erased: without this all that was ever sent was read for it, and
-- where that takes longer than a statement may, nobody could be erased.
create index outbound_external_message on timeline.outbound_external (outbound_id);
