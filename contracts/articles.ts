import { z } from 'zod'
import { Cursor, Done, Id, IdParam, Instant, Locale, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** Stable for ever: it stands in links that people keep. Help's chat has its place beside the articles, so none is called that. */
export const ArticleKey = z.string().regex(/^(?!chat$)[a-z0-9][a-z0-9-]{1,59}$/)
/** Who finds and reads it: everybody, or those who are signed in at the desk. */
export const Audience = z.enum(['public', 'agents']).meta({ id: 'Audience' })
export type Audience = z.infer<typeof Audience>

/** An article in one language; `body` in the small language of `markup.ts`, `keywords` are what people call it besides its title. */
export const ArticleWords = z
  .object({
    title: text(120).min(1),
    keywords: z.array(text(60).min(1)).max(30),
    body: text(20_000).min(1),
  })
  .meta({ id: 'ArticleWords' })
export type ArticleWords = z.infer<typeof ArticleWords>

/** What a designer writes: one or both languages. */
export const ArticleText = z
  .object({
    topicId: Id.nullable(),
    audience: Audience,
    ru: ArticleWords.nullable(),
    en: ArticleWords.nullable(),
  })
  .refine(({ ru, en }) => ru !== null || en !== null, 'must have words in one language at least')
  .meta({ id: 'ArticleText' })
export type ArticleText = z.infer<typeof ArticleText>

const TopicRef = z.object({ id: Id, title: z.string() })

const card = {
  id: Id,
  key: ArticleKey,
  audience: Audience,
  locale: Locale.describe(
    'the language of these words: another than asked for where the article lacks that one',
  ),
  languages: z.array(Locale),
  topic: TopicRef.nullable(),
  section: TopicRef.extend({ position: z.number().int() })
    .nullable()
    .describe('the top-level topic above it'),
  publishedAt: Instant,
}

/** An article in a list. */
export const ArticleCard = z
  .object({ ...card, title: z.string(), summary: z.string().describe('its first words') })
  .meta({ id: 'ArticleCard' })
export type ArticleCard = z.infer<typeof ArticleCard>

/** A text with the places that were found in it: UTF-16 code units from `from` up to, not including, `to`. */
export const Highlighted = z
  .object({
    text: z.string(),
    hits: z.array(z.object({ from: z.number().int(), to: z.number().int() })),
  })
  .meta({ id: 'Highlighted' })
export type Highlighted = z.infer<typeof Highlighted>

export const ArticleHit = z
  .object({ ...card, title: Highlighted, excerpt: Highlighted })
  .meta({ id: 'ArticleHit' })
export type ArticleHit = z.infer<typeof ArticleHit>

export const Article = z
  .object({ ...card, title: z.string(), body: z.string().describe('in the language of `markup.ts`') })
  .meta({ id: 'Article' })
export type Article = z.infer<typeof Article>

const InLocale = z.object({ locale: Locale.default('ru') })
const KeyParam = z.object({ key: ArticleKey })

/** Reading help: open to everybody, from any site that may embed the chat. Staff find what is meant for them as well. */
export const help = {
  listArticles: {
    method: 'GET',
    path: '/api/v1/help/articles',
    summary: 'Published articles by title',
    access: ['public'],
    idempotency: 'safe',
    query: PageQuery.extend({ ...InLocale.shape, topicId: Id.optional().describe('with those below it') }),
    response: pageOf(ArticleCard),
  },
  searchArticles: {
    method: 'GET',
    path: '/api/v1/help/search',
    summary:
      'Best matches first (at most 20). Endings, ё, a wrong keyboard layout and small mistakes do not matter',
    access: ['public'],
    idempotency: 'safe',
    query: InLocale.extend({
      q: text(200).min(2),
      limit: z.coerce.number().int().min(1).max(20).default(10),
    }),
    response: z.object({
      hits: z.array(ArticleHit),
      corrected: z.string().nullable().describe('what was searched for instead, where words were misspelt'),
    }),
    errors: ['rate_limited'],
  },
  getArticle: {
    method: 'GET',
    path: '/api/v1/help/articles/:key',
    summary: 'One article; in its other language where it lacks the one asked for',
    access: ['public'],
    idempotency: 'safe',
    params: KeyParam,
    query: InLocale,
    response: Article,
    errors: ['not_found'],
  },
  voteOnArticle: {
    method: 'POST',
    path: '/api/v1/help/articles/:key/votes',
    summary:
      'Did it help? Counted by article and day, never by person. The id is made by the sender: a repeat counts once',
    access: ['public'],
    idempotency: 'natural',
    params: KeyParam,
    body: z.object({ id: Id, helpful: z.boolean() }),
    response: Done,
    errors: ['not_found', 'rate_limited', 'idempotency_key_reused'],
  },
  suggestArticles: {
    method: 'GET',
    path: '/api/v1/help/suggestions',
    summary: 'What helps with a topic: articles of the topic itself, then of its neighbours (at most 5)',
    access: ['staff'],
    idempotency: 'safe',
    query: InLocale.extend({ topicId: Id }),
    response: z.array(ArticleCard),
  },
} as const satisfies Contract

/** draft: never published; published: in force; retired: out of sight, nothing deleted. */
export const ArticleState = z.enum(['draft', 'published', 'retired']).meta({ id: 'ArticleState' })
export type ArticleState = z.infer<typeof ArticleState>

const Version = z.number().int().min(1)

/** An article as its author sees it. Every act makes a version; a text is named by the version that made it. */
export const EditedArticle = z
  .object({
    id: Id,
    key: ArticleKey,
    version: Version.describe('give it back as `basedOn`'),
    state: ArticleState,
    text: ArticleText.describe('the newest one'),
    textVersion: Version,
    publishedVersion: Version.nullable().describe('which text is in force'),
    changedAt: Instant,
    changedBy: z.string(),
    helpful: z
      .object({ yes: z.number().int(), no: z.number().int() })
      .describe('readers’ answers of the last 90 days'),
  })
  .meta({ id: 'EditedArticle' })
export type EditedArticle = z.infer<typeof EditedArticle>

export const ArticleRow = z
  .object({
    id: Id,
    key: ArticleKey,
    title: z.string(),
    audience: Audience,
    languages: z.array(Locale),
    state: ArticleState,
    unpublished: z.boolean().describe('there is a newer text than the one in force'),
    changedAt: Instant,
    changedBy: z.string(),
  })
  .meta({ id: 'ArticleRow' })
export type ArticleRow = z.infer<typeof ArticleRow>

/** What was done to an article, by whom, when. */
export const ArticleStep = z
  .object({
    version: Version,
    act: z.enum(['drafted', 'published', 'rolled-back', 'retired']),
    textVersion: Version.nullable().describe('which text it made or put in force'),
    at: Instant,
    by: z.string(),
  })
  .meta({ id: 'ArticleStep' })
export type ArticleStep = z.infer<typeof ArticleStep>

const AUTHORS = ['designer', 'admin'] as const
const BasedOn = z.object({ basedOn: Version })

/** Writing help. Every write says which version it rests on and is refused as `conflict` (`current`) when there is a newer one. */
export const articles = {
  listEditedArticles: {
    method: 'GET',
    path: '/api/v1/articles',
    summary: 'All articles by key, drafts and retired ones too',
    access: AUTHORS,
    idempotency: 'safe',
    query: z.object({
      state: ArticleState.optional(),
      after: Cursor.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: pageOf(ArticleRow),
  },
  createArticle: {
    method: 'POST',
    path: '/api/v1/articles',
    summary: 'A new article, as a draft',
    access: AUTHORS,
    idempotency: 'key',
    body: z.object({ key: ArticleKey, text: ArticleText }),
    response: EditedArticle,
    errors: ['conflict', 'invalid_request'],
  },
  getEditedArticle: {
    method: 'GET',
    path: '/api/v1/articles/:id',
    summary: 'An article with its newest text',
    access: AUTHORS,
    idempotency: 'safe',
    params: IdParam,
    response: EditedArticle,
    errors: ['not_found'],
  },
  saveArticleDraft: {
    method: 'PUT',
    path: '/api/v1/articles/:id/draft',
    summary: 'A new text; what is published stays until this one is',
    access: AUTHORS,
    idempotency: 'key',
    params: IdParam,
    body: BasedOn.extend({ text: ArticleText }),
    response: EditedArticle,
    errors: ['not_found', 'conflict', 'invalid_request'],
  },
  publishArticle: {
    method: 'POST',
    path: '/api/v1/articles/:id/publication',
    summary: 'Put the newest text in force; a retired article comes back by it',
    access: AUTHORS,
    idempotency: 'key',
    params: IdParam,
    body: BasedOn,
    response: EditedArticle,
    errors: ['not_found', 'conflict', 'invalid_request'],
  },
  rollBackArticle: {
    method: 'POST',
    path: '/api/v1/articles/:id/rollback',
    summary: 'Put a text in force that was published before; drafts stay',
    access: AUTHORS,
    idempotency: 'key',
    params: IdParam,
    body: BasedOn.extend({ to: Version }),
    response: EditedArticle,
    errors: ['not_found', 'conflict'],
  },
  retireArticle: {
    method: 'POST',
    path: '/api/v1/articles/:id/retirement',
    summary: 'Take it out of sight; nothing is deleted',
    access: AUTHORS,
    idempotency: 'key',
    params: IdParam,
    body: BasedOn,
    response: EditedArticle,
    errors: ['not_found', 'conflict'],
  },
  listArticleHistory: {
    method: 'GET',
    path: '/api/v1/articles/:id/history',
    summary: 'What was done to it, newest first',
    access: AUTHORS,
    idempotency: 'safe',
    params: IdParam,
    query: PageQuery,
    response: pageOf(ArticleStep),
    errors: ['not_found'],
  },
  getArticleText: {
    method: 'GET',
    path: '/api/v1/articles/:id/texts/:version',
    summary: 'A text as it was drafted in a version',
    access: AUTHORS,
    idempotency: 'safe',
    params: IdParam.extend({ version: z.coerce.number().int().min(1) }),
    response: ArticleText,
    errors: ['not_found'],
  },
} as const satisfies Contract
