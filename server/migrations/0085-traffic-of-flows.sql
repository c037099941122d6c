-- Which way a step went: the node at which the dialog stood ('' = it began), then the nodes that it entered. Null = before this was kept.
alter table assistant.turn add column way text[];

-- How many went from a node to another in an hour. What is no node begins with `*`: `*hand-over`, `*start` (another flow), `*end`,
-- `*call-back`; from '' = the flow began there. Hours are counted again until they are over, so that counting twice changes nothing.
create table assistant.traffic (
  flow_key text not null,
  hour timestamptz not null,
  from_node text not null,
  to_node text not null,
  times int not null,
  primary key (flow_key, hour, from_node, to_node)
);
create index traffic_age on assistant.traffic using brin (hour);

-- Up to when turns are counted; null = none yet.
create table assistant.traffic_mark (
  single boolean primary key default true check (single),
  counted_to timestamptz
);
insert into assistant.traffic_mark default values;
