import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ArticleText, ArticleWords } from '../../../contracts/articles.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Db, type Executor, inTransaction, rows, sql } from '../../platform/database/index.ts'
import { readTopicTree } from '../topics/index.ts'
import { anyArticle } from './article-store.ts'
import { createArticle } from './create-article.ts'
import { FIRST_ARTICLES, type FirstArticle } from './first-articles/index.ts'
import { publishArticle } from './publish-article.ts'

const FOLDER = path.join(import.meta.dirname, 'first-articles')

/** Publishes the first articles where there are none; designers change them from then on. Gives whether it did. */
export async function seedArticles(db: Db, clock: Clock, by: string): Promise<boolean> {
  if (await anyArticle(db)) return false
  return inTransaction(db, async (tx) => {
    // Nodes that start together wait for each other here, and the later ones find them done.
    await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('knowledge.seed', 0))`)
    if (await anyArticle(tx)) return false
    const author = { id: null, name: by }
    const topicOf = await readTopicIds(tx)
    for (const first of FIRST_ARTICLES) {
      const text = await readText(first, topicOf.get(first.topic) ?? null)
      const { id, version } = await createArticle(tx, clock, { key: first.key, text, by: author })
      await publishArticle(tx, clock, { id, basedOn: version, by: author })
    }
    return true
  })
}

async function readTopicIds(db: Executor): Promise<Map<string, string>> {
  const { topics } = await readTopicTree(db)
  return new Map(topics.map(({ key, id }) => [key, id]))
}

async function readText(first: FirstArticle, topicId: string | null): Promise<ArticleText> {
  const [ru, en] = await Promise.all([readWords(first, 'ru'), readWords(first, 'en')])
  return { topicId, audience: first.audience, ru, en }
}

/** A file begins with `# Title`; the rest is the body. */
async function readWords({ key, keywords }: FirstArticle, locale: Locale): Promise<ArticleWords> {
  const file = await readFile(path.join(FOLDER, `${key}.${locale}.markdown`), 'utf8')
  const [heading = '', ...body] = file.split('\n')
  return {
    title: heading.replace(/^#\s+/, ''),
    keywords: [...keywords[locale]],
    body: body.join('\n').trim(),
  }
}
