-- Likeness is looked for after the commit: a contact point that is new or changed says so itself.
alter table subscribers.contact_point
  add column name_key text,                         -- the name's words, normalised and sorted
  add column likeness_due boolean not null default false;

drop index subscribers.contact_point_name;
create index contact_point_name_key on subscribers.contact_point (name_key) where name_key is not null;
create index contact_point_likeness_due on subscribers.contact_point (created_at) where likeness_due;
create index contact_point_trust_expiry on subscribers.contact_point (trust_expires_at)
  where trust_expires_at is not null;

-- Numbers that people claimed or proved on other doors.
create index proof_msisdn on subscribers.proof ((evidence ->> 'msisdn')) where evidence ->> 'msisdn' is not null;
