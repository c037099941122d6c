import type { Locale } from '../../../contracts/primitives.ts'
import type { Executor } from '../../platform/database/index.ts'
import { findDocument, type Reader } from './document-store.ts'
import { searchArticles } from './search-articles.ts'

/** A public article as material for an answer. */
export interface AnswerMaterial {
  readonly key: string
  readonly title: string
  readonly body: string
}

/** What everybody may read that answers a question, best first: at most `limit`. */
export async function readMaterial(
  db: Executor,
  { q, locale, limit }: { readonly q: string; readonly locale: Locale; readonly limit: number },
): Promise<AnswerMaterial[]> {
  const reader: Reader = { locale, audiences: ['public'] }
  const { hits } = await searchArticles(db, reader, { q, limit })
  const found = await Promise.all(
    hits.map(({ key, locale: own }) => findDocument(db, key, { ...reader, locale: own })),
  )
  return found.flatMap((one) => (one ? [{ key: one.key, title: one.title, body: one.body }] : []))
}
