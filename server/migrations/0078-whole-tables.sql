-- Tables that were cut into four by hash become whole again: every statement that wrote to one opened each part with its indexes anew, a
-- third of what it costs to take a message in, and on one server the parts gave nothing back. Their keys stay what they were, so that
-- they can be cut, or spread over machines, when there is need. See docs/decisions/0027-whole-tables.md.
-- Checks of constants go too: PostgreSQL reads a check again from its text in every statement. Their words are types in the server.

create table platform.idempotency_key_whole (like platform.idempotency_key);
insert into platform.idempotency_key_whole select * from platform.idempotency_key;
drop table platform.idempotency_key;
alter table platform.idempotency_key_whole rename to idempotency_key;
alter table platform.idempotency_key add constraint idempotency_key_pkey primary key (actor, operation, key);
create index idempotency_key_age on platform.idempotency_key (created_at);

create table timeline.entry_whole (like timeline.entry including defaults);
insert into timeline.entry_whole select * from timeline.entry;
drop table timeline.entry;
alter table timeline.entry_whole rename to entry;
alter table timeline.entry add constraint entry_pkey primary key (lane_id, seq);
create index entry_supersedes on timeline.entry (lane_id, supersedes) where supersedes is not null;

create table timeline.entry_body_whole (like timeline.entry_body);
insert into timeline.entry_body_whole select * from timeline.entry_body;
drop table timeline.entry_body;
alter table timeline.entry_body_whole rename to entry_body;
alter table timeline.entry_body add constraint entry_body_pkey primary key (lane_id, seq);
create index entry_body_external on timeline.entry_body (lane_id, external_id) where external_id is not null;
create index entry_body_age on timeline.entry_body using brin (stored_at);

create table timeline.inbound_key_whole (like timeline.inbound_key);
insert into timeline.inbound_key_whole select * from timeline.inbound_key;
drop table timeline.inbound_key;
alter table timeline.inbound_key_whole rename to inbound_key;
alter table timeline.inbound_key add constraint inbound_key_pkey primary key (channel_account_id, external_id);
create index inbound_key_age on timeline.inbound_key using brin (received_at);

create table ledger.transfer_key_whole (like ledger.transfer_key);
insert into ledger.transfer_key_whole select * from ledger.transfer_key;
drop table ledger.transfer_key;
alter table ledger.transfer_key_whole rename to transfer_key;
alter table ledger.transfer_key add constraint transfer_key_pkey primary key (scope, key);
create trigger transfer_key_kept before update or delete on ledger.transfer_key
  for each statement execute function ledger.refuse_change();

create table ledger.transfer_whole (like ledger.transfer);
insert into ledger.transfer_whole select * from ledger.transfer;
drop table ledger.transfer;
alter table ledger.transfer_whole rename to transfer;
alter table ledger.transfer add constraint transfer_pkey primary key (id);
create trigger transfer_kept before update or delete on ledger.transfer
  for each statement execute function ledger.refuse_change();

create table ledger.entry_whole (like ledger.entry);
insert into ledger.entry_whole select * from ledger.entry;
drop table ledger.entry;
alter table ledger.entry_whole rename to entry;
alter table ledger.entry add constraint entry_pkey primary key (account_id, at, transfer_id);
create trigger entry_applied after insert on ledger.entry referencing new table as inserted
  for each statement execute function ledger.apply_entries();
create trigger entry_kept before update or delete on ledger.entry
  for each statement execute function ledger.refuse_change();
