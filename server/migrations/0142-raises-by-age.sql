create index if not exists raise_until on market.raise (until);
