-- An edit may put another file in the place of one: the channel's names tell which.
alter table timeline.attachment
  add column part text,                 -- the channel's name of the message that it came with: an album has several
  add column channel_file text,         -- the channel's name of the file: another name is another file
  add column replaced_at timestamptz;   -- an edit has put another in its place, or none: kept as what stood there before
