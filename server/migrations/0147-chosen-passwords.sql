-- The password is one that somebody else has seen: a first one, or one after a reset. Its owner is to choose another before anything else.
alter table staff.member add column password_due boolean not null default false;
