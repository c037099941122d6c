import type { ArticleText, ArticleWords } from '../../../contracts/articles.ts'
import { plainOfMarkup, readMarkup } from '../../../contracts/markup.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import type { Executor } from '../../platform/database/index.ts'
import type { StoredArticle } from './article-store.ts'
import { type Document, deleteDocuments, insertDocument } from './document-store.ts'
import { soundOf } from './sound.ts'
import { insertWords } from './word-store.ts'
import { wordsOf } from './words.ts'

const SUMMARY_MAX = 160

/** Makes a text what readers find: a document for each of its languages, with the words that it knows. */
export async function putInForce(tx: Executor, article: StoredArticle, text: ArticleText): Promise<void> {
  await deleteDocuments(tx, article.id)
  for (const locale of LOCALES) {
    const words = text[locale]
    if (!words) continue
    const document = documentOf(article, text, locale, words)
    await insertDocument(tx, document)
    await insertWords(tx, document, knownWords(document))
  }
}

const LOCALES = ['ru', 'en'] as const satisfies readonly Locale[]

function documentOf(
  { id, key, changedAt }: StoredArticle,
  text: ArticleText,
  locale: Locale,
  { title, keywords, body }: ArticleWords,
): Document {
  const blocks = readMarkup(body)
  const opening = blocks.find(({ kind }) => kind === 'paragraph') ?? blocks[0]
  return {
    articleId: id,
    locale,
    key,
    audience: text.audience,
    topicId: text.topicId,
    languages: LOCALES.filter((one) => text[one]),
    readableIn: LOCALES.filter((one) => one === locale || !text[one]),
    title,
    body,
    plain: plainOfMarkup(blocks),
    summary: shortened(opening ? plainOfMarkup([opening]) : ''),
    keywords: keywords.join(' · '),
    sound: soundOf([title, ...keywords].join(' ')),
    publishedAt: changedAt,
  }
}

function knownWords({ keywords, title, plain }: Document): string[] {
  const words = wordsOf([title, keywords, plain].join(' ')).map((word) => word.text)
  return [...new Set(words)]
}

/** The first sentences that fit, else as many words. */
function shortened(text: string): string {
  if (text.length <= SUMMARY_MAX) return text
  const start = text.slice(0, SUMMARY_MAX)
  const sentences = /^.*[.!?](?=\s)/s.exec(start)?.[0]
  return sentences && sentences.length > SUMMARY_MAX / 2 ? sentences : `${start.replace(/\s+\S*$/, '')}…`
}
