-- Dialogs whose words are destroyed, and traffic of long ago, are forgotten some at a time: both are found by a tree.
create index if not exists dialog_erased on assistant.dialog (changed_at) where state is null;
create index if not exists traffic_hour on assistant.traffic (hour);
drop index assistant.traffic_age;
