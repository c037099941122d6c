import type { ArticleText } from '../../../contracts/articles.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { StoredArticle } from './article-store.ts'
import { type ActOn, lockAsSeen, takeStep } from './change-article.ts'

/** Keeps a new text beside the one in force. Refuses with `not_found`, `conflict` (`current`). */
export async function saveDraft(
  tx: Executor,
  clock: Clock,
  { text, ...act }: ActOn & { readonly text: ArticleText },
): Promise<StoredArticle> {
  const article = await lockAsSeen(tx, act)
  const textVersion = article.version + 1
  return takeStep(tx, clock, {
    article,
    by: act.by,
    act: 'drafted',
    textVersion,
    text,
    change: { textVersion },
  })
}
