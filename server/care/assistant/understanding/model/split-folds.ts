import type { Example } from './model.ts'

/** Splits the places of examples into folds that each have of every intent alike; the same examples are always split the same. */
export function splitFolds(examples: readonly Example[], folds: number): number[][] {
  const byIntent = new Map<string, number[]>()
  for (const [place, { intent }] of examples.entries()) {
    const places = byIntent.get(intent)
    if (places === undefined) byIntent.set(intent, [place])
    else places.push(place)
  }
  const split: number[][] = Array.from({ length: folds }, () => [])
  let next = 0
  for (const intent of [...byIntent.keys()].sort()) {
    // Neighbours in a list are often alike: they are shuffled, by what they say.
    const places = (byIntent.get(intent) ?? []).sort(
      (a, b) => orderOf(examples[a]?.text ?? '') - orderOf(examples[b]?.text ?? ''),
    )
    for (const place of places) split[next++ % folds]?.push(place)
  }
  return split
}

function orderOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return hash ^ (hash >>> 13)
}
