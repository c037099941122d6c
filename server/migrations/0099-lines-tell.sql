-- By itself, as 0098 and 0100 are: whoever waits for one of these tables holds none of the others that a migration waits for.
create trigger line_changed after update on lines.line
  referencing new table as changed for each statement execute function platform.tell_changed_id();
create trigger role_given after insert on lines.role
  referencing new table as changed for each statement execute function platform.tell_changed_line();
create trigger role_changed after update on lines.role
  referencing new table as changed for each statement execute function platform.tell_changed_line();
create trigger role_gone after delete on lines.role
  referencing old table as changed for each statement execute function platform.tell_changed_line();
create trigger usage_came after insert on lines.usage
  referencing new table as changed for each statement execute function platform.tell_changed_line();
create trigger usage_changed after update on lines.usage
  referencing new table as changed for each statement execute function platform.tell_changed_line();
create trigger usage_gone after delete on lines.usage
  referencing old table as changed for each statement execute function platform.tell_changed_line();
