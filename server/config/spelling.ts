/**
 * Variables that look like ours and are not: everything that starts with OTKLIK_, and names one slip away from a known one that is not
 * set itself. The environment is full of other programs' names, so anything further away is left in peace.
 */
export function suspiciousNames(given: string[], known: string[]): string[] {
  return given.flatMap((name) => {
    if (known.includes(name)) return []
    const meant = nearest(name, known, name.startsWith('OTKLIK_') ? 3 : 1)
    if (meant !== undefined && !given.includes(meant)) return [`${name} is unknown: did you mean ${meant}?`]
    return name.startsWith('OTKLIK_')
      ? [`${name} is unknown (known are ${known.filter(isOurs).join(', ')})`]
      : []
  })
}

/** `did you mean "info"? ` or nothing. */
export function didYouMean(word: string, words: readonly string[]): string {
  const meant = nearest(word.toLowerCase(), words, 2)
  return meant === undefined ? '' : `did you mean "${meant}"? `
}

const isOurs = (name: string) => name.startsWith('OTKLIK_')

function nearest(word: string, words: readonly string[], furthest: number): string | undefined {
  const ranked = words
    .map((candidate) => ({ candidate, slips: slipsBetween(word, candidate) }))
    .sort((a, b) => a.slips - b.slips)
  const [best] = ranked
  return best !== undefined && best.slips <= furthest ? best.candidate : undefined
}

/** Least number of letters added, left out, changed or swapped with their neighbour (Damerau, optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const table: number[][] = Array.from({ length: a.length + 1 }, (_, i) => [i])
  const at = (i: number, j: number) => table[i]?.[j] ?? Math.max(i, j)
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
          ? at(i - 2, j - 2) + 1
          : Number.POSITIVE_INFINITY
      const row = table[i]
      if (row !== undefined) row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, changed, swapped)
    }
  }
  return at(a.length, b.length)
}
