import type { ArticleCard, help } from '../../../contracts/articles.ts'
import { Id, type Locale } from '../../../contracts/primitives.ts'
import type { Clock } from '../../platform/clock.ts'
import { inTransaction } from '../../platform/database/index.ts'
import type { Actor, Handlers } from '../../platform/http/index.ts'
import { pageOf } from '../../platform/pages.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import {
  type DocumentRow,
  findDocument,
  listDocuments,
  type Reader,
  suggestDocuments,
} from './document-store.ts'
import { audiencesOf } from './policy.ts'
import { searchArticles } from './search-articles.ts'
import { readTopicRefs, type TopicRefs } from './topic-refs.ts'
import { dayOf, voteOnArticle } from './vote-on-article.ts'

export interface HelpDeps {
  readonly clock: Clock
  /** Shields what anybody may call: refuses with `rate_limited` who does it too often from one address. */
  readonly limit: (what: 'search' | 'vote', address: string) => Promise<void>
}

const SUGGESTED = 5
const HELPED_WITHIN_MS = 90 * 86_400_000

const readerOf = (actor: Actor, locale: Locale): Reader => ({ locale, audiences: audiencesOf(actor) })

/** What a card and a hit have in common. */
function headOf(row: Omit<DocumentRow, 'title' | 'summary'>, topics: TopicRefs) {
  const { articleId, key, audience, locale, languages, topicId, publishedAt } = row
  const head = { id: articleId, key, audience, locale, languages: [...languages] }
  return { ...head, ...topics.of(topicId), publishedAt: publishedAt.toISOString() }
}

const cardOf = (row: DocumentRow, topics: TopicRefs): ArticleCard => ({
  ...headOf(row, topics),
  title: row.title,
  summary: row.summary,
})

/** The handlers of the `help` contract. */
export function helpHandlers({ clock, limit }: HelpDeps): Handlers<typeof help> {
  return {
    async listArticles({ db, actor, query }) {
      const topics = await readTopicRefs(db, query.locale)
      const page = await listDocuments(db, readerOf(actor, query.locale), {
        after: query.after === undefined ? null : readCursor(query.after),
        topicIds: query.topicId === undefined ? null : topics.below(query.topicId),
        limit: query.limit + 1,
      })
      const { items, next } = pageOf(page, query.limit, ({ articleId, title }) => `${articleId}_${title}`)
      return { items: items.map((row) => cardOf(row, topics)), next }
    },
    async searchArticles({ db, actor, query, request }) {
      if (actor.kind !== 'agent') await limit('search', request.ip)
      const [{ hits, corrected }, topics] = await Promise.all([
        searchArticles(db, readerOf(actor, query.locale), query),
        readTopicRefs(db, query.locale),
      ])
      return {
        hits: hits.map((hit) => ({ ...headOf(hit, topics), title: hit.title, excerpt: hit.excerpt })),
        corrected,
      }
    },
    async getArticle({ db, actor, params, query }) {
      const row = found(await findDocument(db, params.key, readerOf(actor, query.locale)), 'article')
      const topics = await readTopicRefs(db, query.locale)
      return { ...headOf(row, topics), title: row.title, body: row.body }
    },
    async voteOnArticle({ db, actor, params, body, request }) {
      await limit('vote', request.ip)
      const vote = { ...body, key: params.key }
      await inTransaction(db, (tx) => voteOnArticle(tx, clock, readerOf(actor, 'ru'), vote))
      return { done: true }
    },
    async suggestArticles({ db, actor, query }) {
      const topics = await readTopicRefs(db, query.locale)
      const since = dayOf(new Date(clock.now().getTime() - HELPED_WITHIN_MS))
      const about = {
        topicId: query.topicId,
        topicIds: topics.around(query.topicId),
        since,
        limit: SUGGESTED,
      }
      const rows = await suggestDocuments(db, readerOf(actor, query.locale), about)
      return rows.map((row) => cardOf(row, topics))
    },
  }
}

/** `ID_TITLE`: titles may repeat, and are no secret. */
function readCursor(after: string): { title: string; articleId: string } {
  const [articleId = '', ...title] = after.split('_')
  if (!Id.safeParse(articleId).success) throw new Refusal('invalid_request', { in: 'after' })
  return { title: title.join('_'), articleId }
}
