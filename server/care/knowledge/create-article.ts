import type { ArticleText } from '../../../contracts/articles.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { newId } from '../../platform/identifiers.ts'
import { Refusal } from '../../platform/refusal.ts'
import { type Author, insertArticle, insertStep, type StoredArticle } from './article-store.ts'

/** Adds an article as a draft. Refuses with `conflict` (`key`) when its key is taken, be it by a retired one. */
export async function createArticle(
  tx: Executor,
  clock: Clock,
  { key, text, by }: { readonly key: string; readonly text: ArticleText; readonly by: Author },
): Promise<StoredArticle> {
  const at = clock.now()
  const article: StoredArticle = {
    id: newId(clock),
    key,
    version: 1,
    textVersion: 1,
    publishedVersion: null,
    retired: false,
    changedAt: at,
    changedBy: by.name,
  }
  if (!(await insertArticle(tx, article))) throw new Refusal('conflict', { key })
  await insertStep(tx, { articleId: article.id, version: 1, act: 'drafted', textVersion: 1, text, at, by })
  return article
}
