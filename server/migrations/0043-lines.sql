create schema lines;

-- A person or company that holds or uses lines.
create table lines.party (
  id uuid primary key,
  kind text not null check (kind in ('person', 'company')),
  name text not null,
  created_at timestamptz not null,
  erased_at timestamptz
);

-- A number with its tariff and money. Whoever takes money or volume of a line holds the lock of its row.
create table lines.line (
  id uuid primary key,
  msisdn text not null check (msisdn ~ '^[1-9][0-9]{6,14}$'),
  region text not null,
  time_zone text not null,
  state text not null check (state in ('active', 'suspended', 'blocked', 'ended')),
  blocked_for text check (blocked_for in ('voluntary', 'lost', 'operator')),
  cash_id uuid not null,               -- ledger accounts
  held_id uuid not null,
  tariff_id uuid not null,             -- the offering as it was agreed
  next_tariff_id uuid,                 -- from the end of the period on
  tariff_changed_at timestamptz,
  anchor_at timestamptz not null,      -- periods are counted from here, in the line's time zone
  period_no int not null,              -- the period is the one that ends at the so-manieth occurrence after the anchor
  period_from timestamptz not null,
  period_to timestamptz not null,
  period_paid boolean not null,        -- false: suspended until money comes
  content_banned_at timestamptz,
  spend_month_limit bigint check (spend_month_limit > 0),
  spent_month text check (spent_month ~ '^[0-9]{4}-[0-9]{2}$'),  -- the month whose spending counts against the limit
  spent_kopecks bigint not null default 0,
  roaming_day_limit bigint check (roaming_day_limit > 0),
  roaming_day date,
  roaming_kopecks bigint not null default 0,
  top_up_below bigint check (top_up_below >= 0),
  top_up_amount bigint check (top_up_amount > 0),
  top_up_monthly_max bigint check (top_up_monthly_max > 0),
  code_word_hash text,                 -- argon2id
  opened_at timestamptz not null,
  ended_at timestamptz,
  retry_at timestamptz,                -- money came: what waits for it is tried again
  due_at timestamptz,                  -- when the rating job has to look next
  check ((state = 'blocked') = (blocked_for is not null)),
  check ((state = 'ended') = (ended_at is not null)),
  check (num_nulls(top_up_below, top_up_amount, top_up_monthly_max) in (0, 3))
) with (fillfactor = 80);
-- Numbers are recycled: one line has it at a time.
create unique index line_msisdn on lines.line (msisdn) where state <> 'ended';
create index line_due on lines.line (due_at) where due_at is not null;
create index line_tariff on lines.line (tariff_id) where state <> 'ended';

create table lines.role (
  id uuid primary key,
  line_id uuid not null references lines.line,
  party_id uuid not null references lines.party,
  role text not null check (role in ('owner', 'user', 'trusted')),
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from)
);
create unique index role_owner_now on lines.role (line_id) where role = 'owner' and valid_to is null;
create index role_line on lines.role (line_id, valid_from);
create index role_party on lines.role (party_id, valid_from);

-- What is left of a package: its id is the ledger account that holds it, empty where there is no limit (`total` null). Buckets
-- of the tariff and of options are filled anew each period; between two periods they rest (`ended`). Others go when they expire.
create table lines.bucket (
  id uuid primary key,
  line_id uuid not null references lines.line,
  type text not null check (type in ('data', 'voice', 'sms')),
  source text not null check (source in ('tariff', 'carried-over', 'bought', 'gift', 'option')),
  offering_id uuid,
  connected_id uuid,
  total bigint check (total > 0),
  expires_at timestamptz,
  ended boolean not null default false,
  created_at timestamptz not null,
  check ((source = 'option') = (connected_id is not null))
) with (fillfactor = 80);
create index bucket_line on lines.bucket (line_id);
create unique index bucket_of_tariff on lines.bucket (line_id, source, type) where source in ('tariff', 'carried-over');
create unique index bucket_of_option on lines.bucket (connected_id, type) where connected_id is not null;

-- Options and third parties' subscriptions. Rows end and stay: the consent is a proof.
create table lines.connected (
  id uuid primary key,
  line_id uuid not null references lines.line,
  kind text not null check (kind in ('option', 'content')),
  code text not null,
  offering_id uuid not null,
  since timestamptz not null,
  anchor_at timestamptz not null,      -- charges are counted from here, in the line's time zone
  charge_no int not null,
  next_charge_at timestamptz,          -- null: charged once, or paused
  ends_at timestamptz,                 -- its days are over then
  paused_for text check (paused_for in ('balance', 'limit', 'line')),
  consent_at timestamptz,
  consent_through text,
  consent_words text,
  ended_at timestamptz,
  check ((kind = 'content') = (consent_at is not null)),
  check (num_nulls(consent_at, consent_through, consent_words) in (0, 3))
) with (fillfactor = 80);
create unique index connected_now on lines.connected (line_id, code) where ended_at is null;
create index connected_offering on lines.connected (offering_id) where ended_at is null;

create table lines.discount (
  id uuid primary key,
  line_id uuid not null references lines.line,
  offering_id uuid not null,
  since timestamptz not null,
  ends_at timestamptz,
  ended_at timestamptz
);
create index discount_now on lines.discount (line_id) where ended_at is null;

create table lines.forwarding (
  line_id uuid not null references lines.line,
  condition text not null check (condition in ('always', 'busy', 'no-answer', 'unreachable')),
  to_msisdn text not null,
  primary key (line_id, condition)
);

-- Money lent until `due_at`; what is not paid back then is owed, and the next money goes there first.
create table lines.promised_payment (
  id uuid primary key,
  line_id uuid not null references lines.line,
  kopecks bigint not null check (kopecks > 0),
  fee_kopecks bigint not null check (fee_kopecks >= 0),
  taken_at timestamptz not null,
  due_at timestamptz not null,
  overdue boolean not null default false,
  repaid_kopecks bigint not null default 0,
  repayments int not null default 0,
  closed_at timestamptz,
  check (repaid_kopecks between 0 and kopecks + fee_kopecks)
);
create unique index promised_payment_open on lines.promised_payment (line_id) where closed_at is null;

-- One row a movement of a line's cash: what bill and charts read. Keyed for partitions by line and month.
create table lines.charge (
  line_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  category text not null check (category in
    ('tariff', 'option', 'content', 'usage', 'roaming', 'transfer', 'fee', 'market', 'top-up', 'credit')),
  kopecks bigint not null check (kopecks <> 0),
  title_ru text not null,
  title_en text not null,
  code text,                           -- of the offering
  transfer_id uuid not null,
  primary key (line_id, at, id)
);
create index charge_category on lines.charge (line_id, category, at, id);

-- A call, a message or an hour of data. `other` is secret of communication: for the owner alone, erasable.
create table lines.usage (
  line_id uuid not null,
  at timestamptz not null,
  id uuid not null,
  type text not null check (type in ('data', 'voice', 'sms')),
  direction text not null check (direction in ('out', 'in')),
  amount bigint not null check (amount > 0),
  kopecks bigint not null default 0,   -- what was paid beyond the packages
  roaming text,                        -- country
  other text,
  primary key (line_id, at, id)
);
create index usage_type on lines.usage (line_id, type, at, id);

-- Each record of the network is taken once, whatever its line. Hash-partitioned by its name.
create table lines.usage_name (
  name text not null check (name <> ''),
  taken_at timestamptz not null,
  primary key (name)
) partition by hash (name);
create table lines.usage_name_0 partition of lines.usage_name for values with (modulus 4, remainder 0);
create table lines.usage_name_1 partition of lines.usage_name for values with (modulus 4, remainder 1);
create table lines.usage_name_2 partition of lines.usage_name for values with (modulus 4, remainder 2);
create table lines.usage_name_3 partition of lines.usage_name for values with (modulus 4, remainder 3);
