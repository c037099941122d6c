import type { Model } from '../model/model.ts'

export interface Confusion {
  readonly intent: string
  readonly understoodAs: string
  readonly count: number
  readonly texts: readonly string[]
}

const MOST = 200
const MOST_TEXTS = 5

/** Which intents are taken for one another, by examples held out of training; most often first. */
export function confusionsOf({ examples, quality }: Pick<Model, 'examples' | 'quality'>): Confusion[] {
  const pairs = new Map<string, { intent: string; understoodAs: string; texts: string[] }>()
  for (const { place, understoodAs } of quality.heldOut) {
    const example = examples[place]
    if (example === undefined || example.intent === understoodAs) continue
    const key = `${example.intent} ${understoodAs}`
    const pair = pairs.get(key) ?? { intent: example.intent, understoodAs, texts: [] }
    pairs.set(key, pair)
    pair.texts.push(example.text)
  }
  return [...pairs.values()]
    .sort((a, b) => b.texts.length - a.texts.length)
    .slice(0, MOST)
    .map(({ texts, ...pair }) => ({ ...pair, count: texts.length, texts: texts.slice(0, MOST_TEXTS) }))
}

/** Share of the held-out examples of each intent that were understood; an intent without one is not named. */
export function understoodShares({
  examples,
  quality,
}: Pick<Model, 'examples' | 'quality'>): Map<string, number> {
  const counts = new Map<string, { all: number; right: number }>()
  for (const { place, understoodAs } of quality.heldOut) {
    const intent = examples[place]?.intent ?? ''
    const count = counts.get(intent) ?? { all: 0, right: 0 }
    counts.set(intent, count)
    count.all++
    if (intent === understoodAs) count.right++
  }
  return new Map([...counts].map(([intent, { all, right }]) => [intent, right / all]))
}
