import type { ArticleText } from '../../../contracts/articles.ts'
import { brokenLinksOf } from '../../../contracts/markup.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Executor } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { findText, type StoredArticle } from './article-store.ts'
import { type ActOn, lockAsSeen, takeStep } from './change-article.ts'
import { putInForce } from './put-in-force.ts'

/**
 * Puts the newest text in force; a retired article comes back by it.
 * Refuses with `not_found`, `conflict` (`current`), and `invalid_request` (`links`) when an address would make no link.
 */
export async function publishArticle(tx: Executor, clock: Clock, act: ActOn): Promise<StoredArticle> {
  const article = await lockAsSeen(tx, act)
  const { textVersion } = article
  const text = found(await findText(tx, article.id, textVersion), 'text')
  requireLinks(text)
  const published = await takeStep(tx, clock, {
    article,
    by: act.by,
    act: 'published',
    textVersion,
    change: { publishedVersion: textVersion, retired: false },
  })
  await putInForce(tx, published, text)
  return published
}

function requireLinks({ ru, en }: ArticleText): void {
  const links = [ru, en].flatMap((words) => (words ? brokenLinksOf(words.body) : []))
  if (links.length > 0) throw new Refusal('invalid_request', { in: 'body', what: 'address', links })
}
