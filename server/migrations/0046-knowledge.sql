-- Likeness of words, for what people misspell.
create extension if not exists pg_trgm;

create schema knowledge;

create table knowledge.article (
  id uuid primary key,
  key text not null unique,
  version int not null,               -- of its newest step
  text_version int not null,          -- the step that made its newest text
  published_version int,              -- whose text is in force; null = none
  retired boolean not null default false,
  changed_at timestamptz not null,
  changed_by text not null
);

-- Everything that was done to an article; nothing is changed or deleted here.
create table knowledge.step (
  article_id uuid not null references knowledge.article,
  version int not null,
  act text not null check (act in ('drafted', 'published', 'rolled-back', 'retired')),
  text_version int,                   -- which text it made or put in force
  text jsonb,                         -- the text that it made, in both languages
  at timestamptz not null,
  by_id uuid,                         -- null = the house itself
  by_name text not null,
  primary key (article_id, version),
  check ((act = 'drafted') = (text is not null))
);

-- What is in force, as readers find it: a row a language, made anew at every publication.
create table knowledge.document (
  article_id uuid not null references knowledge.article,
  locale text not null check (locale in ('ru', 'en')),
  key text not null,
  audience text not null check (audience in ('public', 'agents')),
  topic_id uuid,
  languages text[] not null,          -- of the article
  readable_in text[] not null,        -- by readers of these: of its own, and of one that the article lacks
  title text not null,
  body text not null,                 -- as it was written
  plain text not null,                -- its words without signs
  summary text not null,
  sound text not null,                -- how title and keywords sound, in plain Latin letters
  words tsvector not null,
  published_at timestamptz not null,
  primary key (article_id, locale),
  unique (key, locale)
);
create index document_title on knowledge.document (title collate "ru-x-icu", article_id);
create index document_topic on knowledge.document (topic_id);
create index document_words on knowledge.document using gin (words);
create index document_likeness on knowledge.document using gin (sound gin_trgm_ops);

-- The words that articles in force know, in the forms that stand there: what a misspelt one may have meant.
create table knowledge.word (
  article_id uuid not null,
  locale text not null,
  word text not null,
  lexeme text not null,
  sound text not null,                -- of the lexeme
  audience text not null,
  readable_in text[] not null,
  primary key (article_id, locale, word),
  foreign key (article_id, locale) references knowledge.document on delete cascade
);
create index word_lexeme on knowledge.word (lexeme text_pattern_ops);
create index word_likeness on knowledge.word using gin (sound gin_trgm_ops);

-- Whether it helped, by article and day. Nobody stands behind these numbers.
create table knowledge.helpfulness (
  article_id uuid not null references knowledge.article,
  day date not null,                  -- in UTC
  yes int not null default 0,
  no int not null default 0,
  primary key (article_id, day)
);
-- Ids that readers' browsers made up for their answers: kept for a day, so that a repeat counts once.
create table knowledge.vote (
  id uuid primary key,
  article_id uuid not null references knowledge.article,
  day date not null,
  helpful boolean not null,
  at timestamptz not null
);
create index vote_age on knowledge.vote (at);
