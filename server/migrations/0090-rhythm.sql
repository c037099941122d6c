-- Who acts like a machine is told by the distance of their acts as well: nobody presses a button every two minutes to the second.
alter table market.trader
  add column gap_ms int,                          -- between the last two acts; null: there were none, or not within a day
  add column steady int not null default 0;       -- acts in a row that came after the same distance
