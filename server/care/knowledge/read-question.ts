import type { Executor } from '../../platform/database/index.ts'
import type { Reader, Term } from './document-store.ts'
import { editDistance } from './edit-distance.ts'
import { inOtherLayout } from './other-layout.ts'
import { soundOf } from './sound.ts'
import { type Candidate, findSimilarWords, type KnownSpelling, readSpellings } from './word-store.ts'
import { type Word, withoutYo, wordsOf } from './words.ts'

/** What a person asked, as articles are found by it. */
export interface Question {
  readonly terms: readonly Term[]
  /** The question with its misspelt words put right; null where none was. */
  readonly corrected: string | null
}

/** Nobody asks with more words that matter. */
const WORDS_MAX = 16
const PREFIX_MIN = 3

/**
 * Reads a question: leaves out words that say nothing, takes the last one for a beginning where no article has it whole, and puts words
 * right that no article has: typed in the other keyboard layout, or a few letters from one that is known.
 */
export async function readQuestion(db: Executor, reader: Reader, question: string): Promise<Question> {
  const words = splitQuestion(question).slice(0, WORDS_MAX)
  const spellings = words.flatMap((word, at) => spellingsOf(word).map((text) => ({ at, text })))
  const known = await readSpellings(db, reader, spellings)
  const readings = words.map((word, at) =>
    readWord(
      word,
      known.filter((one) => one.at === at),
      at === words.length - 1,
    ),
  )
  const unknown = readings.flatMap(({ unknown }) => unknown?.lexeme ?? [])
  const similar = unknown.length > 0 ? await findSimilarWords(db, reader, unknown) : []
  const settled = readings.map((reading) => settle(reading, similar))
  const total = known[0]?.total ?? 0
  return {
    terms: [
      ...new Map(settled.flatMap(({ term }) => (term ? [[term.lexeme, weigh(term, total)]] : []))).values(),
    ],
    corrected: correct(
      question,
      words,
      settled.map(({ instead }) => instead),
    ),
  }
}

/** A word typed in the wrong layout may hold signs, «,fkfyc» is «баланс»: between blanks it is one word. */
function splitQuestion(question: string): Word[] {
  return [...question.matchAll(/\S+/g)].flatMap(({ 0: run, index }) => {
    const words = wordsOf(run).map((word) => ({ ...word, from: word.from + index, to: word.to + index }))
    const isLatin = /^[\x21-\x7e]+$/.test(run) && /[a-z]/i.test(run)
    const signs = isLatin && /[[\];',.`]/.test(run.replace(/[.,;']+$/, ''))
    return signs ? [{ text: run.toLowerCase(), from: index, to: index + run.length }] : words
  })
}

const spellingsOf = ({ text }: Word): string[] => {
  const other = withoutYo(inOtherLayout(text))
  return other === text ? [text] : [text, other]
}

interface Reading {
  readonly term?: Omit<Term, 'weight'> & { readonly articles: number }
  /** The word that no article has. */
  readonly unknown?: { readonly text: string; readonly lexeme: string }
  /** What to show in place of the word as it was typed. */
  readonly instead?: string
}

function readWord({ text }: Word, known: readonly KnownSpelling[], isLast: boolean): Reading {
  const typed = known.filter((one) => one.text === text)
  const exact = typed.find(({ articles }) => articles > 0)
  if (exact) return { term: { lexeme: exact.lexeme, prefix: false, articles: exact.articles } }
  const begun = isLast && text.length >= PREFIX_MIN ? typed.find(({ beginning }) => beginning > 0) : undefined
  if (begun) return { term: { lexeme: begun.lexeme, prefix: true, articles: begun.beginning } }
  const other = known.find((one) => one.text !== text && one.articles > 0)
  if (other)
    return { term: { lexeme: other.lexeme, prefix: false, articles: other.articles }, instead: other.text }
  const lexeme = typed[0]?.lexeme
  return lexeme === undefined ? {} : { unknown: { text, lexeme } }
}

function settle(reading: Reading, similar: readonly Candidate[]): Reading {
  const { unknown } = reading
  if (unknown === undefined) return reading
  const best = nearest(
    unknown.lexeme,
    similar.filter((one) => one.unknown === unknown.lexeme),
  )
  if (!best) return {}
  const { lexeme, articles, words } = best
  return { term: { lexeme, prefix: false, articles }, instead: sameForm(unknown.text, words) }
}

/**
 * The candidate that sounds nearest and, of several, is written nearest. Stems are compared, so that an ending is no slip. Two measures,
 * because people slip by ear («падписка») and by finger («интренет»).
 */
function nearest(unknown: string, candidates: readonly Candidate[]): Candidate | undefined {
  // Another number is another thing.
  if (unknown.length < CORRECTED_MIN || /\d/.test(unknown)) return undefined
  const [most, mostWritten] = [slipsAllowed(unknown.length), slipsAllowed(unknown.length) + WRITTEN_MORE]
  const sound = soundOf(unknown)
  const [best] = candidates
    .map((candidate) => {
      const heard = editDistance(sound, candidate.sound, most)
      return { candidate, heard, written: editDistance(unknown, candidate.lexeme, mostWritten) }
    })
    .filter(({ heard, written }) => heard <= most && written <= mostWritten)
    .sort((a, b) => a.heard + a.written - b.heard - b.written)
  return best?.candidate
}

/** A shorter stem says too little. */
const CORRECTED_MIN = 4
/** By ear one word may be written with so many more wrong letters than are heard. */
const WRITTEN_MORE = 2

/** In a short word every slip makes another word; in a long one people slip more than once. */
const slipsAllowed = (length: number): number => (length < 5 ? 0 : length < 8 ? 1 : 2)

/** The form of a word that is nearest to how it was typed: «падписку» was to be «подписку», not «подписка». */
function sameForm(typed: string, forms: readonly string[]): string {
  const far = typed.length + 8
  return forms.reduce((best, form) =>
    editDistance(typed, form, far) < editDistance(typed, best, far) ? form : best,
  )
}

function weigh({ lexeme, prefix, articles }: NonNullable<Reading['term']>, total: number): Term {
  return { lexeme, prefix, weight: Math.log(1 + total / Math.max(articles, 1)) }
}

function correct(
  question: string,
  words: readonly Word[],
  instead: readonly (string | undefined)[],
): string | null {
  if (instead.every((word) => word === undefined)) return null
  let corrected = ''
  let end = 0
  for (const [at, { from, to }] of words.entries()) {
    corrected += question.slice(end, from) + (instead[at] ?? question.slice(from, to))
    end = to
  }
  return corrected + question.slice(end)
}
