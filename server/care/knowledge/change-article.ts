import type { ArticleText } from '../../../contracts/articles.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import {
  type Author,
  insertStep,
  lockArticle,
  type Step,
  type StoredArticle,
  updateArticle,
} from './article-store.ts'

/** What every act on an article says. */
export interface ActOn {
  readonly id: string
  /** The version that its author saw. */
  readonly basedOn: number
  readonly by: Author
}

/** The article, locked, as its author saw it. Refuses with `not_found` and, when it has changed since, `conflict` (`current`). */
export async function lockAsSeen(tx: Executor, { id, basedOn }: ActOn): Promise<StoredArticle> {
  const article = found(await lockArticle(tx, id), 'article')
  if (article.version !== basedOn) throw new Refusal('conflict', { current: article.version })
  return article
}

type Change = Partial<Pick<StoredArticle, 'textVersion' | 'publishedVersion' | 'retired'>>

/** Adds the next step to an article's log and brings the article up to it. Gives the article as it is then. */
export async function takeStep(
  tx: Executor,
  clock: Clock,
  {
    article,
    by,
    act,
    textVersion,
    text = null,
    change,
  }: {
    readonly article: StoredArticle
    readonly by: Author
    readonly act: Step['act']
    readonly textVersion: number | null
    readonly text?: ArticleText | null
    readonly change: Change
  },
): Promise<StoredArticle> {
  const at = clock.now()
  const changed = { ...article, ...change, version: article.version + 1, changedAt: at, changedBy: by.name }
  await insertStep(tx, { articleId: article.id, version: changed.version, act, textVersion, text, at, by })
  await updateArticle(tx, changed)
  return changed
}
