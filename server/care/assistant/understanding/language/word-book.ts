import { asLatinKeys, asRussianKeys } from './keyboard.ts'
import { foldCase, withoutGreeting, wordsOf } from './read-text.ts'
import { isOneSlip, soundOf } from './slips.ts'
import { THESAURUS_WORDS } from './thesaurus.ts'

const LEAST_LENGTH = 2
const MOST_LENGTH = 30
/** From this length on a word is mended though its neighbours say nothing. */
const LEAST_ALONE = 4

/**
 * The words that training knows, and what is done with others: typed in the other keyboard layout, they are read in it; misspelt by one
 * slip, or written as they sound, they are read as the known word that fits best between its neighbours. Words of the thesaurus are known too,
 * however few examples there are.
 */
export class WordBook {
  private readonly uses = new Map<string, number>()
  private readonly neighbours = new Set<string>()
  private readonly trigrams = new Set<string>()
  private readonly byPart = new Map<string, string[]>()
  private readonly bySound = new Map<string, string[]>()

  /** @param messages what training knows, as words */
  constructor(messages: readonly (readonly string[])[]) {
    for (const words of messages) {
      for (const word of new Set(words)) this.uses.set(word, (this.uses.get(word) ?? 0) + 1)
      for (let at = 0; at <= words.length; at++)
        this.neighbours.add(`${words[at - 1] ?? ''} ${words[at] ?? ''}`)
    }
    // They mend what is misspelt; a book of nothing knows nothing, and reads texts as they are typed.
    const listed = messages.length > 0 ? THESAURUS_WORDS : []
    for (const word of listed) if (!this.uses.has(word)) this.uses.set(word, 0)
    for (const word of this.uses.keys()) this.file(word)
  }

  /** Files a known word under all that it may be looked for by. */
  private file(word: string): void {
    for (const trigram of trigramsOf(word)) this.trigrams.add(trigram)
    if (word.length < LEAST_LENGTH || word.length > MOST_LENGTH || /\d/.test(word)) return
    for (const part of partsOf(word)) push(this.byPart, part, word)
    push(this.bySound, soundOf(word), word)
  }

  /**
   * A message as words: layout and spelling mended by what is known, the greeting off. A word mended though no neighbour speaks for it stays
   * beside what it was mended to: it may be a word of its own.
   */
  read(text: string): string[] {
    const typed = this.readAsTyped(text)
    const words: string[] = []
    for (const [at, word] of typed.entries()) {
      if (this.uses.has(word)) words.push(word)
      else words.push(...this.mend(word, words.at(-1) ?? '', typed[at + 1] ?? ''))
    }
    return words
  }

  /** A message as words with the layout mended and the spelling as it is. */
  readAsTyped(text: string): string[] {
    return wordsOf(withoutGreeting(this.inRightLayout(foldCase(text))))
  }

  /** The known word that an unknown one stands for between its neighbours, after the word itself if they say nothing; it alone if nothing is near. */
  private mend(word: string, before: string, after: string): string[] {
    if (word.length < LEAST_LENGTH || word.length > MOST_LENGTH || /\d/.test(word)) return [word]
    let best: string[] = [word]
    let most = 0
    for (const known of this.near(word)) {
      const fits =
        (this.neighbours.has(`${before} ${known}`) ? 1 : 0) +
        (this.neighbours.has(`${known} ${after}`) ? 1 : 0)
      if (fits === 0 && word.length < LEAST_ALONE) continue
      const weight = (1 + 2 * fits) * this.likeness(word, known)
      if (weight > most) {
        most = weight
        best = fits === 0 ? [word, known] : [known]
      }
    }
    return best
  }

  /** Known words that sound the same or are one slip away. */
  private near(word: string): Set<string> {
    const near = new Set(this.bySound.get(soundOf(word)))
    for (const part of partsOf(word)) {
      for (const known of this.byPart.get(part) ?? []) if (isOneSlip(word, known)) near.add(known)
    }
    return near
  }

  /** People rarely miss the first letter, and sounds stay when letters do not. */
  private likeness(word: string, known: string): number {
    const often = 1 + Math.log1p(this.uses.get(known) ?? 0)
    return often * (word[0] === known[0] ? 2 : 1) * (soundOf(word) === soundOf(known) ? 2 : 1)
  }

  /** Typed in the other layout is what makes more sense in it: known words first, then syllables of known words. */
  private inRightLayout(folded: string): string {
    const other = /\p{Script=Cyrillic}/u.test(folded)
      ? /[a-z]/.test(folded)
        ? null
        : asLatinKeys
      : asRussianKeys
    if (other === null) return this.mixedLayout(folded)
    const words = wordsOf(folded)
    if (words.every((word) => this.uses.has(word))) return folded
    const swapped = other(folded)
    return this.sense(wordsOf(swapped)) > this.sense(words) ? swapped : folded
  }

  /** Both alphabets in one message: Latin pieces are mostly names, so only those are read anew that are known nowhere else. */
  private mixedLayout(folded: string): string {
    return folded
      .split(/(\s+)/)
      .map((piece) => {
        if (!/[a-z]/.test(piece) || /\p{Script=Cyrillic}/u.test(piece)) return piece
        const swapped = asRussianKeys(piece)
        const known = wordsOf(piece).some((word) => this.uses.has(word))
        return !known && wordsOf(swapped).every((word) => this.uses.has(word)) ? swapped : piece
      })
      .join('')
  }

  private sense(words: readonly string[]): number {
    let sense = 0
    let length = 0
    for (const word of words) {
      length += word.length
      if (this.uses.has(word)) sense += word.length
      else {
        const trigrams = trigramsOf(word)
        sense +=
          (0.8 * word.length * trigrams.filter((one) => this.trigrams.has(one)).length) / trigrams.length
      }
    }
    return length === 0 ? 0 : sense / length
  }
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

function trigramsOf(word: string): string[] {
  const padded = ` ${word} `
  return Array.from({ length: Math.max(1, padded.length - 2) }, (_, at) => padded.slice(at, at + 3))
}

/** A word and what is left of it without one letter: words one slip apart have one of these in common. */
function partsOf(word: string): string[] {
  const parts = [word]
  for (let at = 0; at < word.length; at++) {
    if (at === 0 || word[at] !== word[at - 1]) parts.push(word.slice(0, at) + word.slice(at + 1))
  }
  return parts
}
