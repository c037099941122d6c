import { stemOf } from '../language/stem.ts'
import { meaningOf } from '../language/thesaurus.ts'

/**
 * What is counted in a message, in blocks that are each brought to one length: words and neighbours; letters inside words, 2 to 5;
 * stems and neighbours; two stems anywhere in the message, in any order (a cheap kernel of degree two: most of the accuracy); what words mean by
 * the thesaurus, alone and with any other stem or meaning.
 * A feature is a 32-bit hash: two features in one are rare and cost little.
 */
export const BLOCKS = 5
const CHARACTERS = 1
/** Blocks whose features are many and mostly seen once. */
export const isBroad = (block: number): boolean => block === CHARACTERS || block >= 3

const MOST_PAIRED = 40
const LONGEST_PIECE = 5
const SPACE = 32

/** A buffer of features that is filled anew for each message. */
export class Features {
  hashes = new Int32Array(1024)
  /** Where each block ends. */
  readonly ends = new Int32Array(BLOCKS)
  size = 0

  /** Counts a message of words. */
  fill(words: readonly string[]): this {
    this.size = 0
    const stems = words.map((word) => hashOf(stemOf(word), 0x1234567))
    this.addRow(
      words.map((word) => hashOf(word, 0x811c9dc5)),
      1,
    )
    this.ends[0] = this.size
    for (const word of words) this.addPieces(word)
    this.ends[1] = this.size
    this.addRow(stems, 2)
    this.ends[2] = this.size
    this.addPairs([...new Set(stems)].slice(0, MOST_PAIRED))
    this.ends[3] = this.size
    this.addMeanings(words, stems)
    this.ends[4] = this.size
    return this
  }

  private add(hash: number): void {
    if (this.size === this.hashes.length) {
      const wider = new Int32Array(this.size * 2)
      wider.set(this.hashes)
      this.hashes = wider
    }
    this.hashes[this.size++] = hash
  }

  private addRow(hashes: readonly number[], salt: number): void {
    let before = 0
    for (const [at, hash] of hashes.entries()) {
      this.add(hash)
      if (at > 0) this.add(joined(before, hash, salt))
      before = hash
    }
  }

  private addPieces(word: string): void {
    const last = word.length + 1
    const sign = (at: number) => (at === 0 || at === last ? SPACE : word.charCodeAt(at - 1))
    for (let from = 0; from <= last; from++) {
      let hash = 0x51ed27
      for (let at = from; at <= last && at < from + LONGEST_PIECE; at++) {
        hash = Math.imul(hash ^ sign(at), 0x01000193)
        if (at > from) this.add(mixed(hash))
      }
    }
  }

  private addPairs(stems: readonly number[]): void {
    for (const [at, one] of stems.entries()) {
      for (let next = at + 1; next < stems.length; next++) {
        const other = stems[next] ?? 0
        this.add(joined(Math.min(one, other), Math.max(one, other), 3))
      }
    }
  }

  private addMeanings(words: readonly string[], stems: readonly number[]): void {
    const meant = new Map<number, boolean>()
    for (const [at, word] of words.entries()) {
      const meaning = meaningOf(word)
      if (meaning === undefined) meant.set(stems[at] ?? 0, false)
      else meant.set(mixed(meaning + 0x7f4a7c15), true)
    }
    const units = [...meant].slice(0, MOST_PAIRED)
    for (const [at, [one, isMeaning]] of units.entries()) {
      if (isMeaning) this.add(one)
      for (let next = at + 1; next < units.length; next++) {
        const [other, isOtherMeaning] = units[next] ?? [0, false]
        if (isMeaning || isOtherMeaning) this.add(joined(Math.min(one, other), Math.max(one, other), 4))
      }
    }
  }
}

// Signed 32-bit numbers throughout: V8 keeps them as small integers.
function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hashOf(text: string, seed: number): number {
  let hash = seed
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return mixed(hash)
}

const joined = (one: number, other: number, salt: number): number =>
  mixed((Math.imul(one, 31) + Math.imul(other, 0x9e3779b1) + salt) | 0)
