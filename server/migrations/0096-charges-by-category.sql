-- A deal is three rows of the bill, and who trades has mostly such rows: they are found along the key, all others by their category.
drop index lines.charge_category;
create index charge_category on lines.charge (line_id, category, at, id) where category <> 'market';
