import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { StoredArticle } from './article-store.ts'
import { type ActOn, lockAsSeen, takeStep } from './change-article.ts'
import { deleteDocuments } from './document-store.ts'

/** Takes an article out of sight; its key stays taken. Refuses with `not_found`, `conflict` (`current`). */
export async function retireArticle(tx: Executor, clock: Clock, act: ActOn): Promise<StoredArticle> {
  const article = await lockAsSeen(tx, act)
  await deleteDocuments(tx, article.id)
  return takeStep(tx, clock, {
    article,
    by: act.by,
    act: 'retired',
    textVersion: null,
    change: { publishedVersion: null, retired: true },
  })
}
