import { asRussianKeys } from '../language/keyboard.ts'
import { foldCase, wordsOf } from '../language/read-text.ts'
import { isOneSlip, soundOf } from '../language/slips.ts'
import { stemOf } from '../language/stem.ts'

export interface MatchedName {
  /** Which of the names, from 0. */
  readonly index: number
  /** 1 = the whole name was said; the share of its words otherwise, rare words counting more. */
  readonly score: number
}

/** Latin words as Russian ears write them: «безлимит на ютьюб» names «YouTube». */
const TRANSLITERATED: readonly (readonly [RegExp, string])[] = [
  [/shch/g, 'щ'],
  [/you|yu/g, 'ю'],
  [/sh/g, 'ш'],
  [/ch/g, 'ч'],
  [/zh/g, 'ж'],
  [/ya/g, 'я'],
  [/oo/g, 'у'],
  [/ee/g, 'и'],
  [/ph/g, 'ф'],
  [/ck/g, 'к'],
  [/x/g, 'кс'],
  [/w/g, 'в'],
  [/q/g, 'к'],
]
const LETTERS = new Map(
  [...'abcdefghijklmnoprstuvyz'].map((letter, at) => [letter, [...'абкдефгхижклмнопрстувиз'][at] ?? letter]),
)

function inRussianLetters(word: string): string {
  // A last e is silent in most names.
  const spoken = word.length > 4 ? word.replace(/e$/, '') : word
  const joined = TRANSLITERATED.reduce((text, [from, to]) => text.replace(from, to), spoken)
  return [...joined].map((letter) => LETTERS.get(letter) ?? letter).join('')
}

/** What is left of a word between alphabets: its consonants as they sound, and where vowels are. */
const heardAs = (word: string): string =>
  soundOf(isLatin(word) ? inRussianLetters(word) : word).replace(/[аиу]+/g, '*')

const isLatin = (word: string) => /^[a-z]+$/.test(word)

/** Whether a said word stands for a word of a name: another ending, one slip, the same sound, or the same in the other alphabet. */
function standsFor(said: string, named: string): boolean {
  if (said === named) return true
  if (/\d/.test(said) || /\d/.test(named)) return false
  const [saidStem, namedStem] = [stemOf(said), stemOf(named)]
  if (saidStem === namedStem) return true
  if (isLatin(said) !== isLatin(named)) return [said, saidStem].some((one) => heardAs(one) === heardAs(named))
  if (Math.min(said.length, named.length) < 4) return false
  if (isOneSlip(said, named) || soundOf(said) === soundOf(named)) return true
  return saidStem.length >= 5 && namedStem.length >= 5 && isOneSlip(saidStem, namedStem)
}

/**
 * Which of the given names (options, tariffs) a text mentions, best first: «подключи безлимитку на ютуб», «хочу тариф чёрный», with inflection,
 * slips, another alphabet and the other keyboard layout. A word that many names share says little; names without any word said are left out.
 */
export function matchNames(text: string, names: readonly string[]): MatchedName[] {
  const folded = foldCase(text)
  const said = wordsOf(folded)
  const plain = score(said, names)
  if (plain.length > 0 || /\p{Script=Cyrillic}/u.test(folded)) return plain
  return score(wordsOf(asRussianKeys(folded)), names)
}

function score(said: readonly string[], names: readonly string[]): MatchedName[] {
  const words = names.map((name) => [...new Set(wordsOf(foldCase(name)))])
  const holders = new Map<string, number>()
  for (const own of words) for (const word of own) holders.set(word, (holders.get(word) ?? 0) + 1)
  const weightOf = (word: string) =>
    (word.length < 3 && !/\d/.test(word) ? 0.3 : 1) / (holders.get(word) ?? 1)
  return words
    .map((own, index) => {
      const whole = own.reduce((sum, word) => sum + weightOf(word), 0)
      const heard = own.filter((word) => said.some((one) => standsFor(one, word)))
      const weight = heard.reduce((sum, word) => sum + weightOf(word), 0)
      // Prepositions alone name nothing.
      const counts = heard.some((word) => word.length >= 3 || /\d/.test(word) || own.length === 1)
      return { index, score: counts && whole > 0 ? weight / whole : 0 }
    })
    .filter((match) => match.score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
}
