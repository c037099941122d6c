import type { Audience } from '../../../contracts/articles.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { type Executor, maybeOne, type RawSql, rows, sql } from '../../platform/database/index.ts'
import { withoutYo } from './words.ts'

/** An article in force, in one language. */
export interface Document {
  readonly articleId: string
  readonly locale: Locale
  readonly key: string
  readonly audience: Audience
  readonly topicId: string | null
  /** All languages of the article. */
  readonly languages: readonly Locale[]
  /** Whose readers read it. */
  readonly readableIn: readonly Locale[]
  readonly title: string
  readonly body: string
  readonly plain: string
  readonly summary: string
  readonly keywords: string
  /** How title and keywords sound. */
  readonly sound: string
  readonly publishedAt: Date
}

/** What a list shows of a document. */
export type DocumentRow = Pick<
  Document,
  'articleId' | 'locale' | 'key' | 'audience' | 'topicId' | 'languages' | 'title' | 'summary' | 'publishedAt'
>

/** Who reads, in which language. */
export interface Reader {
  readonly locale: Locale
  readonly audiences: readonly Audience[]
}

const columns = sql`d.article_id as "articleId", d.locale, d.key, d.audience, d.topic_id as "topicId", d.languages, d.title,
  d.summary, d.published_at as "publishedAt"`

const readableBy = ({ locale, audiences }: Reader): RawSql =>
  sql`d.audience = any(${audiences}::text[]) and ${locale} = any(d.readable_in)`

export async function deleteDocuments(tx: Executor, articleId: string): Promise<void> {
  await rows(tx, sql`delete from knowledge.document where article_id = ${articleId}`)
}

/**
 * Adds a document. The configuration `russian` stems Latin words by the English rules, so that one vector and one question serve both
 * languages and texts that mix them.
 */
export async function insertDocument(tx: Executor, document: Document): Promise<void> {
  const { articleId, locale, key, audience, topicId, languages, readableIn, title, body, plain } = document
  const { keywords, sound, summary, publishedAt } = document
  await rows(
    tx,
    sql`insert into knowledge.document
        (article_id, locale, key, audience, topic_id, languages, readable_in, title, body, plain, summary, sound, published_at, words)
      values (${articleId}, ${locale}, ${key}, ${audience}, ${topicId}, ${languages}::text[], ${readableIn}::text[], ${title}, ${body},
        ${plain}, ${summary}, ${sound}, ${publishedAt},
        setweight(to_tsvector('russian', ${withoutYo(title)}), 'A') || setweight(to_tsvector('russian', ${withoutYo(keywords)}), 'B')
          || setweight(to_tsvector('russian', ${withoutYo(plain)}), 'D'))`,
  )
}

/** One article as the reader may read it. */
export function findDocument(
  db: Executor,
  key: string,
  reader: Reader,
): Promise<(DocumentRow & Pick<Document, 'body'>) | undefined> {
  return maybeOne(
    db,
    sql<DocumentRow & Pick<Document, 'body'>>`
      select ${columns}, d.body from knowledge.document d where d.key = ${key} and ${readableBy(reader)}`,
  )
}

/** Documents by title, after a title and id. */
export function listDocuments(
  db: Executor,
  reader: Reader,
  page: {
    readonly after: { readonly title: string; readonly articleId: string } | null
    /** Null = whatever they are about. */
    readonly topicIds: readonly string[] | null
    readonly limit: number
  },
): Promise<DocumentRow[]> {
  const { after, topicIds, limit } = page
  return rows(
    db,
    sql<DocumentRow>`
      select ${columns} from knowledge.document d
      where ${readableBy(reader)}
        and ${topicIds === null ? sql`true` : sql`d.topic_id = any(${topicIds}::uuid[])`}
        and ${after === null ? sql`true` : sql`(d.title collate "ru-x-icu", d.article_id) > (${after.title} collate "ru-x-icu", ${after.articleId}::uuid)`}
      order by d.title collate "ru-x-icu", d.article_id limit ${limit}`,
  )
}

/** Documents about any of the topics: those of the topic itself first, then those that helped more readers since a day. */
export function suggestDocuments(
  db: Executor,
  reader: Reader,
  about: {
    readonly topicId: string
    readonly topicIds: readonly string[]
    readonly since: string
    readonly limit: number
  },
): Promise<DocumentRow[]> {
  return rows(
    db,
    sql<DocumentRow>`
      select ${columns} from knowledge.document d
      cross join lateral (
        -- Two made-up answers keep an article with one answer from being the best or the worst of all.
        select (coalesce(sum(yes), 0) + 1.0) / (coalesce(sum(yes + no), 0) + 2) as share
        from knowledge.helpfulness h where h.article_id = d.article_id and h.day >= ${about.since}::date
      ) helped
      where ${readableBy(reader)} and d.topic_id = any(${about.topicIds}::uuid[])
      order by d.topic_id = ${about.topicId} desc, helped.share desc, d.title collate "ru-x-icu", d.article_id limit ${about.limit}`,
  )
}

/** A word of a question, as documents are found by it. */
export interface Term {
  readonly lexeme: string
  /** It may go on: the person is still typing. */
  readonly prefix: boolean
  /** A rare word says more than one that stands everywhere. */
  readonly weight: number
}

export interface FoundDocument extends DocumentRow {
  readonly score: number
  /** With signs around what was found, and е for ё; the original of the same letters beside it. */
  readonly markedTitle: string
  readonly markedExcerpt: string
  readonly excerpt: string
}

/** Signs that PostgreSQL puts around what was found; they cannot stand in a stored text of one line. */
export const HIT_FROM = '\u0001'
export const HIT_TO = '\u0002'

/** What a word counts where it stands: body, (unused), keywords, title. */
const PLACES = [0.12, 0.2, 0.7, 1]
const HEADLINE = `StartSel=${HIT_FROM}, StopSel=${HIT_TO}`
const EXCERPT = `${HEADLINE}, MaxWords=30, MinWords=16, ShortWord=2`

// A lexeme is letters and digits only: it was a word of `wordsOf`.
const queryOf = ({ lexeme, prefix }: Term) => `'${lexeme}'${prefix ? ':*' : ''}`

/**
 * Documents that have any of the words, best first: by how rare the words are, where they stand, and how many of them there are.
 */
export function findByTerms(
  db: Executor,
  reader: Reader,
  terms: readonly Term[],
  limit: number,
): Promise<FoundDocument[]> {
  const queries = terms.map(queryOf)
  return rows(
    db,
    sql<FoundDocument>`
      with term as (
        select query::tsquery as query, weight
        from unnest(${queries}::text[], ${terms.map(({ weight }) => weight)}::float8[]) t(query, weight)
      ), best as (
        select d.article_id, d.locale,
          sum(t.weight * ts_rank(${PLACES}::float4[], d.words, t.query)) * count(*) as score
        from term t join knowledge.document d on d.words @@ t.query
        where ${readableBy(reader)}
        group by d.article_id, d.locale
        order by score desc, d.article_id limit ${limit}
      ), shown as (
        select d.*, b.score, translate(d.plain, E'Ёё\n', 'Ее ') as flat,
          ts_headline('russian', translate(d.title, 'Ёё', 'Ее'), asked, ${`${HEADLINE}, HighlightAll=true`}) as "markedTitle",
          ts_headline('russian', translate(d.plain, E'Ёё\n', 'Ее '), asked, ${EXCERPT}) as "markedExcerpt"
        from best b join knowledge.document d using (article_id, locale)
        cross join (select ${queries.join(' | ')}::tsquery as asked) a
      )
      select ${columns}, d.score, d."markedTitle", d."markedExcerpt",
        substr(translate(d.plain, E'\n', ' '), strpos(d.flat, bare), length(bare)) as excerpt
      from shown d cross join lateral (select translate(d."markedExcerpt", ${HIT_FROM + HIT_TO}, '') as bare) b
      order by d.score desc, d.article_id`,
  )
}

/** Documents whose title or keywords sound like the question: when no word of it is known. */
export function findBySound(
  db: Executor,
  reader: Reader,
  sound: string,
  limit: number,
): Promise<DocumentRow[]> {
  return rows(
    db,
    sql<DocumentRow>`
      select ${columns} from knowledge.document d where d.sound %> ${sound} and ${readableBy(reader)}
      order by d.sound <->> ${sound}, d.article_id limit ${limit}`,
  )
}
