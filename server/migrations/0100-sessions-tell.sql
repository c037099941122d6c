-- A session is known by the hash of its token alone.
create function my.tell_changed_session() returns trigger language plpgsql as $$
begin
  insert into platform.change (name) select encode(token_hash, 'hex') from changed;
  return null;
end $$;

create trigger session_changed after update on my.session
  referencing new table as changed for each statement execute function my.tell_changed_session();
create trigger session_ended after delete on my.session
  referencing old table as changed for each statement execute function my.tell_changed_session();

create trigger subscriber_changed after update on subscribers.subscriber
  referencing new table as changed for each statement execute function platform.tell_changed_id();
create trigger party_linked after insert on subscribers.party_link
  referencing new table as changed for each statement execute function platform.tell_changed_subscriber();
create trigger party_relinked_from after update on subscribers.party_link
  referencing old table as changed for each statement execute function platform.tell_changed_subscriber();
create trigger party_relinked_to after update on subscribers.party_link
  referencing new table as changed for each statement execute function platform.tell_changed_subscriber();
create trigger party_unlinked after delete on subscribers.party_link
  referencing old table as changed for each statement execute function platform.tell_changed_subscriber();
