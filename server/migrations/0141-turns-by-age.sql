-- Turns are forgotten once their words are destroyed. New ones then fill the room of old ones, and ranges of blocks say no more how old what
-- stands in them is: they are found by a tree. `if not exists`: on a large table it can be built beforehand (docs/operations.md, Upgrades).
create index if not exists turn_at on assistant.turn (at);
drop index assistant.turn_age;
