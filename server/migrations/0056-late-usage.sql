-- When a package was last filled: usage that comes late is paid by what there was when it happened.
alter table lines.bucket add column filled_at timestamptz;
update lines.bucket b set filled_at = case when b.source in ('tariff', 'carried-over') then l.period_from else b.created_at end
  from lines.line l where l.id = b.line_id;
alter table lines.bucket alter column filled_at set not null;

-- What was left of packages that are over, and the tariffs before this one, for as long as usage of then may come.
alter table lines.line add column past jsonb;
