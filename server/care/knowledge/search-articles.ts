import type { Highlighted } from '../../../contracts/articles.ts'
import type { Executor } from '../../platform/database/index.ts'
import {
  type DocumentRow,
  type FoundDocument,
  findBySound,
  findByTerms,
  HIT_FROM,
  HIT_TO,
  type Reader,
} from './document-store.ts'
import { readQuestion } from './read-question.ts'
import { soundOf } from './sound.ts'

export interface Hit extends Omit<DocumentRow, 'title' | 'summary'> {
  readonly title: Highlighted
  readonly excerpt: Highlighted
}

/** Whatever has less than this share of the best one's score shares but a common word with the question. */
const WORTH_SHOWING = 0.12
/** A shorter sound is like a part of every title. */
const SOUND_MIN = 5

interface Answer {
  readonly hits: Hit[]
  /** What was searched for instead, where words were misspelt. */
  readonly corrected: string | null
}

/**
 * Finds what answers a question, best first: at most `limit`. Where the reader's language has no answer, what the other one has is shown;
 * where no word is known at all, titles that sound alike.
 */
export async function searchArticles(
  db: Executor,
  reader: Reader,
  { q, limit }: { readonly q: string; readonly limit: number },
): Promise<Answer> {
  const answer = await searchIn(db, reader, q, limit)
  if (answer.hits.length > 0) return answer
  const other = await searchIn(db, { ...reader, locale: reader.locale === 'ru' ? 'en' : 'ru' }, q, limit)
  if (other.hits.length > 0) return other
  const sound = soundOf(q)
  const alike = sound.length < SOUND_MIN ? [] : await findBySound(db, reader, sound, limit)
  return {
    hits: alike.map((row) => ({ ...row, title: plain(row.title), excerpt: plain(row.summary) })),
    corrected: null,
  }
}

async function searchIn(db: Executor, reader: Reader, q: string, limit: number): Promise<Answer> {
  const { terms, corrected } = await readQuestion(db, reader, q)
  const found = terms.length > 0 ? await findByTerms(db, reader, terms, limit) : []
  const worth = (found[0]?.score ?? 0) * WORTH_SHOWING
  return { hits: found.filter(({ score }) => score >= worth).map(hitOf), corrected }
}

const plain = (text: string): Highlighted => ({ text, hits: [] })

function hitOf({
  score: _score,
  markedTitle,
  markedExcerpt,
  excerpt,
  summary: _summary,
  ...row
}: FoundDocument): Hit {
  return {
    ...row,
    title: highlight(row.title, markedTitle),
    excerpt: fromWithin(highlight(excerpt, markedExcerpt)),
  }
}

const WITHIN = '… '

/** A piece that begins in the middle of a sentence says so. */
function fromWithin({ text, hits }: Highlighted): Highlighted {
  if (!/^\p{Ll}/u.test(text)) return { text, hits }
  const moved = hits.map(({ from, to }) => ({ from: from + WITHIN.length, to: to + WITHIN.length }))
  return { text: WITHIN + text, hits: moved }
}

/** Moves the places of the signs over to the original, which has the same letters but for ё. */
function highlight(original: string, marked: string): Highlighted {
  const hits: { from: number; to: number }[] = []
  let at = 0
  for (const piece of marked.split(HIT_FROM)) {
    const [inside = '', outside] = piece.split(HIT_TO)
    if (outside === undefined) at += piece.length
    else {
      hits.push({ from: at, to: at + inside.length })
      at += inside.length + outside.length
    }
  }
  return { text: original, hits }
}
