import { BLOCKS, Features, isBroad } from './features.ts'

/** The features that count, as plain data: it crosses threads. Ids follow how often a feature occurs, most frequent first. */
export interface Vocabulary {
  /** Open addressing: place → hash, and id + 1 (0 = empty). Length is a power of two. */
  readonly hashes: Int32Array
  readonly ids: Int32Array
  /** Weight of each feature: the square root of its inverse document frequency. */
  readonly weights: Float32Array
  /** The length that each block is brought to. */
  readonly lengths: readonly number[]
}

/** Messages as sparse rows: row n holds `ids` and `values` from `starts[n]` to `starts[n + 1]`. */
export interface Rows {
  readonly count: number
  readonly width: number
  readonly starts: Int32Array
  readonly ids: Int32Array
  readonly values: Float32Array
}

/** Collects what occurs in messages. Rare features of the broad blocks, in fewer than `least` messages, are left out. */
export function buildVocabulary(
  messages: readonly (readonly string[])[],
  { least, lengths }: { readonly least: number; readonly lengths: readonly number[] },
): Vocabulary {
  const features = new Features()
  const counts = new Map<number, { block: number; last: number; messages: number }>()
  for (const [number, words] of messages.entries()) {
    features.fill(words)
    let block = 0
    for (let at = 0; at < features.size; at++) {
      while (at >= (features.ends[block] as number)) block++
      const hash = features.hashes[at] as number
      const seen = counts.get(hash)
      if (seen === undefined) counts.set(hash, { block, last: number, messages: 1 })
      else if (seen.last !== number) {
        seen.last = number
        seen.messages++
      }
    }
  }
  const chosen = [...counts].filter(([, { block, messages: n }]) => n >= (isBroad(block) ? least : 1))
  // Frequent features stand together: their weights stay in the processor's cache.
  chosen.sort(([, a], [, b]) => b.messages - a.messages)
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, chosen.length * 2)))
  const hashes = new Int32Array(size)
  const ids = new Int32Array(size)
  for (const [id, [hash]] of chosen.entries()) {
    let place = hash & (size - 1)
    while (ids[place] !== 0) place = (place + 1) & (size - 1)
    hashes[place] = hash
    ids[place] = id + 1
  }
  const weights = Float32Array.from(chosen, ([, { messages: n }]) =>
    Math.sqrt(Math.log((1 + messages.length) / (1 + n)) + 1),
  )
  return { hashes, ids, weights, lengths }
}

/** Turns messages into rows of a vocabulary; keeps buffers, so one is made for each thread of thought. */
export class Vectorizer {
  ids = new Int32Array(1024)
  values = new Float32Array(1024)
  size = 0
  private readonly vocabulary: Vocabulary
  private readonly features = new Features()
  private readonly places: Int32Array

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
    this.places = new Int32Array(vocabulary.weights.length)
  }

  /** Reads one message into `ids`, `values`, `size`: they are overwritten by the next. */
  read(words: readonly string[]): void {
    const { hashes, ends, size } = this.features.fill(words)
    if (this.ids.length < size) {
      this.ids = new Int32Array(size * 2)
      this.values = new Float32Array(size * 2)
    }
    this.size = 0
    let at = 0
    for (let block = 0; block < BLOCKS; block++) {
      const start = this.size
      for (const end = ends[block] as number; at < end; at++) this.count(hashes[at] as number)
      this.level(start, this.vocabulary.lengths[block] ?? 1)
    }
  }

  private count(hash: number): void {
    const { hashes, ids } = this.vocabulary
    const mask = hashes.length - 1
    let place = hash & mask
    while (ids[place] !== 0 && hashes[place] !== hash) place = (place + 1) & mask
    const id = (ids[place] as number) - 1
    if (id < 0) return
    const known = this.places[id] as number
    if (known > 0) {
      this.values[known - 1] = (this.values[known - 1] as number) + 1
      return
    }
    this.ids[this.size] = id
    this.values[this.size] = 1
    this.places[id] = ++this.size
  }

  /** Counts of a block become weights, and the block gets its length. */
  private level(start: number, length: number): void {
    const { weights } = this.vocabulary
    let squares = 0
    for (let at = start; at < this.size; at++) {
      const id = this.ids[at] as number
      this.places[id] = 0
      const value = (1 + Math.log(this.values[at] as number)) * (weights[id] as number)
      this.values[at] = value
      squares += value * value
    }
    const scale = length / (Math.sqrt(squares) || 1)
    for (let at = start; at < this.size; at++) this.values[at] = (this.values[at] as number) * scale
  }
}

/** All messages as rows. */
export function rowsOf(vocabulary: Vocabulary, messages: readonly (readonly string[])[]): Rows {
  const vectorizer = new Vectorizer(vocabulary)
  const starts = new Int32Array(messages.length + 1)
  let ids = new Int32Array(messages.length * 200 + 1024)
  let values = new Float32Array(ids.length)
  let size = 0
  for (const [number, words] of messages.entries()) {
    vectorizer.read(words)
    if (size + vectorizer.size > ids.length) {
      const [wider, wide] = [new Int32Array(ids.length * 2), new Float32Array(ids.length * 2)]
      wider.set(ids)
      wide.set(values)
      ids = wider
      values = wide
    }
    ids.set(vectorizer.ids.subarray(0, vectorizer.size), size)
    values.set(vectorizer.values.subarray(0, vectorizer.size), size)
    size += vectorizer.size
    starts[number + 1] = size
  }
  return {
    count: messages.length,
    width: vocabulary.weights.length,
    starts,
    ids: ids.slice(0, size),
    values: values.slice(0, size),
  }
}
