-- PostgreSQL reads a table's check again from its text for every statement that writes there, and each accepted message writes its lane: a
-- tenth of what one message costs. The two kinds are types in the server, as those of entries are (docs/decisions/0027-whole-tables.md).
alter table timeline.lane drop constraint lane_kind_check;
