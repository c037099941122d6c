/**
 * How many slips of the finger lie between two words: a letter missing, added, replaced, or two neighbours exchanged
 * (optimal string alignment). Stops counting above `most` and gives `most + 1`.
 */
export function editDistance(a: string, b: string, most: number): number {
  const [left, right] = [[...a], [...b]]
  if (Math.abs(left.length - right.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = right.map((_, at) => at + 1)
  last.unshift(0)
  for (const [i, letter] of left.entries()) {
    const row = [i + 1]
    for (const [j, other] of right.entries()) {
      const same = letter === other
      let least = Math.min(cost(last, j + 1) + 1, cost(row, j) + 1, cost(last, j) + (same ? 0 : 1))
      if (!same && i > 0 && j > 0 && letter === right[j - 1] && left[i - 1] === other)
        least = Math.min(least, cost(beforeLast, j - 1) + 1)
      row.push(least)
    }
    if (Math.min(...row) > most) return most + 1
    beforeLast = last
    last = row
  }
  return Math.min(cost(last, right.length), most + 1)
}

const cost = (row: readonly number[], at: number): number => row[at] ?? Number.POSITIVE_INFINITY
