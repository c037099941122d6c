import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { findText, type StoredArticle, wasPublished } from './article-store.ts'
import { type ActOn, lockAsSeen, takeStep } from './change-article.ts'
import { putInForce } from './put-in-force.ts'

/**
 * Puts a text in force that was in force before; newer drafts stay drafts.
 * Refuses with `not_found` (no such article, or the text was never published), `conflict` (`current`).
 */
export async function rollBackArticle(
  tx: Executor,
  clock: Clock,
  { to, ...act }: ActOn & { readonly to: number },
): Promise<StoredArticle> {
  const article = await lockAsSeen(tx, act)
  if (!(await wasPublished(tx, article.id, to))) throw new Refusal('not_found', { what: 'published text' })
  const text = found(await findText(tx, article.id, to), 'text')
  const rolledBack = await takeStep(tx, clock, {
    article,
    by: act.by,
    act: 'rolled-back',
    textVersion: to,
    change: { publishedVersion: to, retired: false },
  })
  await putInForce(tx, rolledBack, text)
  return rolledBack
}
