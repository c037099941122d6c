import { type Executor, type RawSql, rows, sql } from '../../platform/database/index.ts'
import type { Document, Reader } from './document-store.ts'
import { soundOf } from './sound.ts'

/** Keeps the words that a document knows; they go with the document. */
export async function insertWords(
  tx: Executor,
  { articleId, locale, audience, readableIn }: Document,
  words: readonly string[],
): Promise<void> {
  const stems = await rows(
    tx,
    sql<{ word: string; lexeme: string }>`
      select distinct on (w.word) w.word, l.lexeme
      from unnest(${words}::text[]) w(word) cross join lateral unnest(to_tsvector('russian', w.word)) l
      order by w.word, l.lexeme`,
  )
  await rows(
    tx,
    sql`insert into knowledge.word (article_id, locale, word, lexeme, sound, audience, readable_in)
      select ${articleId}::uuid, ${locale}, word, lexeme, sound, ${audience}, ${readableIn}::text[]
      from unnest(${stems.map(({ word }) => word)}::text[], ${stems.map(({ lexeme }) => lexeme)}::text[],
        ${stems.map(({ lexeme }) => soundOf(lexeme))}::text[]) stem(word, lexeme, sound)`,
  )
}

/** A spelling of a word of the question. */
export interface Spelling {
  /** Which word of the question. */
  readonly at: number
  readonly text: string
}

export interface KnownSpelling extends Spelling {
  readonly lexeme: string
  /** Articles that have the word, and that have one which begins so. */
  readonly articles: number
  readonly beginning: number
}

/** Sorts after every letter. */
const LAST_LETTER = '\u{10FFFF}'

const knownTo = ({ locale, audiences }: Reader): RawSql =>
  sql`w.audience = any(${audiences}::text[]) and ${locale} = any(w.readable_in)`

/**
 * What the reader's articles know of spellings; one that is no word but a «и» or «на» is left out. `total` is how many articles there
 * are.
 */
export function readSpellings(
  db: Executor,
  reader: Reader,
  spellings: readonly Spelling[],
): Promise<(KnownSpelling & { readonly total: number })[]> {
  const { locale, audiences } = reader
  return rows(
    db,
    sql<KnownSpelling & { total: number }>`
      select s.at, s.text, l.lexeme, exact.articles, beginning.articles as beginning,
        (select count(*)::int from knowledge.document d
          where d.audience = any(${audiences}::text[]) and ${locale} = any(d.readable_in)) as total
      from unnest(${spellings.map(({ at }) => at)}::int[], ${spellings.map(({ text }) => text)}::text[]) s(at, text)
      cross join lateral unnest(to_tsvector('russian', s.text)) l
      cross join lateral (select count(distinct w.article_id)::int as articles from knowledge.word w
        where w.lexeme = l.lexeme and ${knownTo(reader)}) exact
      cross join lateral (select count(distinct w.article_id)::int as articles from knowledge.word w
        where w.lexeme ~>=~ l.lexeme and w.lexeme ~<~ (l.lexeme || ${LAST_LETTER}) and ${knownTo(reader)}) beginning
      order by s.at`,
  )
}

export interface Candidate {
  /** The lexeme that nobody knows. */
  readonly unknown: string
  readonly lexeme: string
  readonly sound: string
  /** The forms in which it stands in articles. */
  readonly words: string[]
  readonly articles: number
}

/** How many similar words are looked at for each unknown one. */
const CANDIDATES = 30

/** Words known to the reader's articles that sound like unknown ones, the likeliest first. */
export function findSimilarWords(
  db: Executor,
  reader: Reader,
  lexemes: readonly string[],
): Promise<Candidate[]> {
  return rows(
    db,
    sql<Candidate>`
      select u.lexeme as unknown, c.lexeme, c.sound, c.words, c.articles
      from unnest(${lexemes}::text[], ${lexemes.map(soundOf)}::text[]) u(lexeme, sound)
      cross join lateral (
        select w.lexeme, w.sound, array_agg(distinct w.word) as words, count(distinct w.article_id)::int as articles,
          similarity(w.sound, u.sound) as likeness
        from knowledge.word w where w.sound % u.sound and ${knownTo(reader)}
        group by w.lexeme, w.sound order by likeness desc, articles desc, w.lexeme limit ${CANDIDATES}
      ) c
      order by u.lexeme, c.likeness desc, c.articles desc, c.lexeme`,
  )
}
