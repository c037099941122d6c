-- The rating job could not bring the line up to the present and looks at it again later: its due time says nothing until then. Whoever writes
-- the line whole has brought it up to the present.
alter table lines.line add column set_aside boolean not null default false;
