import type { Rows } from './vocabulary.ts'

/** How much likelihood counts beside margins, and how many made-up features each class starts from. */
const SHARE = 0.006
const PSEUDO = 1

/**
 * Adds to each weight how much more likely its feature is in the class than anywhere (naive Bayes): it speaks for classes of few examples
 * and against messages of no class, where margins alone say little. Costs nothing later: both are linear.
 */
export function addLikelihood(weights: Float32Array, rows: Rows, classOf: Int32Array, classes: number): void {
  const seen = new Float32Array(weights.length)
  const inClass = new Float64Array(classes)
  const anywhere = new Float64Array(rows.width)
  let all = 0
  for (let row = 0; row < rows.count; row++) {
    const own = classOf[row] as number
    for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
      const [feature, value] = [rows.ids[at] as number, rows.values[at] as number]
      const place = feature * classes + own
      seen[place] = (seen[place] as number) + value
      inClass[own] = (inClass[own] as number) + value
      anywhere[feature] = (anywhere[feature] as number) + value
      all += value
    }
  }
  for (let feature = 0; feature < rows.width; feature++) {
    const usual = (anywhere[feature] as number) / all
    if (usual === 0) continue
    for (let one = 0; one < classes; one++) {
      const place = feature * classes + one
      const own = ((seen[place] as number) + PSEUDO * usual) / ((inClass[one] as number) + PSEUDO)
      weights[place] = (weights[place] as number) + SHARE * Math.log(own / usual)
    }
  }
}
