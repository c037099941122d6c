-- Of which fee (the end of the period before it) the person has heard that the balance does not hold it: once a fee.
alter table lines.line add column fee_warned_for timestamptz;
