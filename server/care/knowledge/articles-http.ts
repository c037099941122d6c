import type { ArticleState, articles, EditedArticle } from '../../../contracts/articles.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { Handlers, Staff } from '../../platform/http/index.ts'
import { pageOf, readVersionCursor, versionCursor } from '../../platform/pages.ts'
import { found } from '../../platform/refusal.ts'
import {
  type Author,
  findArticle,
  findText,
  type ListedArticle,
  listByKey,
  listSteps,
  type StoredArticle,
  sumHelpfulness,
} from './article-store.ts'
import { createArticle } from './create-article.ts'
import { publishArticle } from './publish-article.ts'
import { retireArticle } from './retire-article.ts'
import { rollBackArticle } from './roll-back-article.ts'
import { saveDraft } from './save-draft.ts'
import { dayOf } from './vote-on-article.ts'

/** What this room works with; made once, in the composition root. */
export interface KnowledgeDeps {
  readonly clock: Clock
  /** Told, inside the transaction, what readers find from now on: for the audit. */
  readonly changed: (
    tx: Executor,
    change: {
      readonly act: 'published' | 'rolled-back' | 'retired'
      readonly key: string
      /** The text in force; null = none. */
      readonly textVersion: number | null
      readonly by: { readonly id: string; readonly name: string }
    },
  ) => Promise<void>
}

const HELPED_WITHIN_MS = 90 * 86_400_000

const stateOf = ({ retired, publishedVersion }: StoredArticle): ArticleState =>
  retired ? 'retired' : publishedVersion === null ? 'draft' : 'published'
const authorOf = ({ id, name }: Staff): Author & { readonly id: string } => ({ id, name })

const listed = (row: ListedArticle) => ({
  id: row.id,
  key: row.key,
  title: row.title,
  audience: row.audience,
  languages: row.languages,
  state: stateOf(row),
  unpublished: row.textVersion !== row.publishedVersion,
  changedAt: row.changedAt.toISOString(),
  changedBy: row.changedBy,
})

/** The handlers of the `articles` contract. */
export function articlesHandlers({ clock, changed }: KnowledgeDeps): Handlers<typeof articles> {
  async function shown(db: Executor, article: StoredArticle): Promise<EditedArticle> {
    const { retired: _retired, changedAt, ...rest } = article
    const since = dayOf(new Date(clock.now().getTime() - HELPED_WITHIN_MS))
    return {
      ...rest,
      state: stateOf(article),
      text: found(await findText(db, article.id, article.textVersion), 'text'),
      changedAt: changedAt.toISOString(),
      helpful: await sumHelpfulness(db, article.id, since),
    }
  }
  async function told(
    tx: Executor,
    article: StoredArticle,
    act: 'published' | 'rolled-back' | 'retired',
    actor: Staff,
  ): Promise<EditedArticle> {
    const { key, publishedVersion } = article
    await changed(tx, { act, key, textVersion: publishedVersion, by: authorOf(actor) })
    return shown(tx, article)
  }
  return {
    async listEditedArticles({ db, query }) {
      const { state, after, limit } = query
      const page = await listByKey(db, { state, after, limit: limit + 1 })
      const { items, next } = pageOf(page, limit, ({ key }) => key)
      return { items: items.map(listed), next }
    },
    async createArticle({ db, actor, body }) {
      return shown(db, await createArticle(db, clock, { ...body, by: authorOf(actor) }))
    },
    async getEditedArticle({ db, params }) {
      return shown(db, found(await findArticle(db, params.id), 'article'))
    },
    async saveArticleDraft({ db, actor, params, body }) {
      return shown(db, await saveDraft(db, clock, { id: params.id, ...body, by: authorOf(actor) }))
    },
    async publishArticle({ db, actor, params, body }) {
      const article = await publishArticle(db, clock, { id: params.id, ...body, by: authorOf(actor) })
      return told(db, article, 'published', actor)
    },
    async rollBackArticle({ db, actor, params, body }) {
      const article = await rollBackArticle(db, clock, { id: params.id, ...body, by: authorOf(actor) })
      return told(db, article, 'rolled-back', actor)
    },
    async retireArticle({ db, actor, params, body }) {
      const article = await retireArticle(db, clock, { id: params.id, ...body, by: authorOf(actor) })
      return told(db, article, 'retired', actor)
    },
    async listArticleHistory({ db, params, query }) {
      found(await findArticle(db, params.id), 'article')
      const below = readVersionCursor(query.after) ?? null
      const page = await listSteps(db, params.id, { below, limit: query.limit + 1 })
      const { items, next } = pageOf(page, query.limit, versionCursor)
      return { items: items.map((step) => ({ ...step, at: step.at.toISOString() })), next }
    },
    async getArticleText({ db, params }) {
      return found(await findText(db, params.id, params.version), 'text')
    },
  }
}
