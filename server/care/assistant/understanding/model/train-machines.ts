import type { Rows } from './vocabulary.ts'

/** Machines trained side by side: one visit to a message serves all of them, and their weights share a cache line. */
const ABREAST = 8

export interface Machines {
  /** Weight of feature f for class c at `f * classes + c`. */
  readonly weights: Float32Array
  readonly bias: Float32Array
  /** How much each message, as one of its own class, has to say in that class's machine. */
  readonly says: Float32Array
}

export interface Training {
  /** How much a message on the wrong side costs. */
  readonly cost: number
  /** The same for messages of the class itself. */
  readonly ownCost: number
  /** How exactly it is solved; more exact is slower and no better. */
  readonly tolerance: number
  readonly mostPasses: number
}

/**
 * One linear machine a class against all others: support vectors with squared hinge loss, solved by coordinate descent in the dual
 * (LIBLINEAR's method with shrinking). Deterministic.
 */
export function trainMachines(
  rows: Rows,
  classOf: Int32Array,
  classes: number,
  training: Training,
): Machines {
  const weights = new Float32Array(rows.width * classes)
  const bias = new Float32Array(classes)
  const says = new Float32Array(rows.count)
  const solver = new Solver(rows, classOf, training)
  for (let first = 0; first < classes; first += ABREAST) {
    solver.solve(first)
    const many = Math.min(ABREAST, classes - first)
    for (let feature = 0; feature <= rows.width; feature++) {
      for (let nth = 0; nth < many; nth++) {
        const weight = solver.w[feature * ABREAST + nth] as number
        if (feature === rows.width) bias[first + nth] = weight
        else weights[feature * classes + first + nth] = weight
      }
    }
    for (let row = 0; row < rows.count; row++) {
      const nth = (classOf[row] as number) - first
      if (nth >= 0 && nth < many) says[row] = solver.alpha[row * ABREAST + nth] as number
    }
  }
  return { weights, bias, says }
}

class Solver {
  readonly w: Float32Array
  readonly alpha: Float32Array
  private readonly squares: Float64Array
  private readonly order: Int32Array
  private readonly gradient = new Float64Array(ABREAST)
  private readonly step = new Float64Array(ABREAST)
  private readonly high = new Float64Array(ABREAST)
  private readonly most = new Float64Array(ABREAST)
  private readonly least = new Float64Array(ABREAST)
  private seed = 12345
  private readonly rows: Rows
  private readonly classOf: Int32Array
  private readonly training: Training

  constructor(rows: Rows, classOf: Int32Array, training: Training) {
    this.rows = rows
    this.classOf = classOf
    this.training = training
    this.w = new Float32Array((rows.width + 1) * ABREAST)
    this.alpha = new Float32Array(rows.count * ABREAST)
    this.order = new Int32Array(rows.count)
    this.squares = new Float64Array(rows.count)
    for (let row = 0; row < rows.count; row++) {
      let sum = 1
      for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++)
        sum += (rows.values[at] as number) ** 2
      this.squares[row] = sum
    }
  }

  solve(first: number): void {
    const { order, training } = this
    this.w.fill(0)
    this.alpha.fill(0)
    this.high.fill(Number.POSITIVE_INFINITY)
    for (let row = 0; row < order.length; row++) order[row] = row
    let active = order.length
    for (let pass = 0; pass < training.mostPasses; pass++) {
      active = this.pass(first, active)
      let widest = 0
      for (let nth = 0; nth < ABREAST; nth++) {
        const most = this.most[nth] as number
        widest = Math.max(widest, most - (this.least[nth] as number))
        this.high[nth] = most <= 0 ? Number.POSITIVE_INFINITY : most
      }
      if (widest > training.tolerance) continue
      if (active === order.length) return
      active = order.length
      this.high.fill(Number.POSITIVE_INFINITY)
    }
  }

  /** Visits the active messages in random order; gives how many stay active. */
  private pass(first: number, given: number): number {
    const { order } = this
    let active = given
    this.most.fill(Number.NEGATIVE_INFINITY)
    this.least.fill(Number.POSITIVE_INFINITY)
    for (let at = 0; at < active; at++) {
      const other = at + this.random(active - at)
      const row = order[at] as number
      order[at] = order[other] as number
      order[other] = row
    }
    for (let at = 0; at < active; at++) {
      const row = order[at] as number
      this.look(row)
      if (this.weigh(row, first)) continue
      active--
      order[at] = order[active] as number
      order[active] = row
      at--
    }
    return active
  }

  /** What each machine says of a message. */
  private look(row: number): void {
    const { w, gradient } = this
    const { starts, ids, values, width } = this.rows
    const bias = width * ABREAST
    let [g0, g1, g2, g3] = [
      w[bias] as number,
      w[bias + 1] as number,
      w[bias + 2] as number,
      w[bias + 3] as number,
    ]
    let [g4, g5, g6, g7] = [
      w[bias + 4] as number,
      w[bias + 5] as number,
      w[bias + 6] as number,
      w[bias + 7] as number,
    ]
    for (let at = starts[row] as number, end = starts[row + 1] as number; at < end; at++) {
      const from = (ids[at] as number) * ABREAST
      const value = values[at] as number
      g0 += (w[from] as number) * value
      g1 += (w[from + 1] as number) * value
      g2 += (w[from + 2] as number) * value
      g3 += (w[from + 3] as number) * value
      g4 += (w[from + 4] as number) * value
      g5 += (w[from + 5] as number) * value
      g6 += (w[from + 6] as number) * value
      g7 += (w[from + 7] as number) * value
    }
    gradient[0] = g0
    gradient[1] = g1
    gradient[2] = g2
    gradient[3] = g3
    gradient[4] = g4
    gradient[5] = g5
    gradient[6] = g6
    gradient[7] = g7
  }

  /** Moves the machines that a message disagrees with. Gives false when it has nothing to say to any of them. */
  private weigh(row: number, first: number): boolean {
    const { alpha, gradient, step, high, most, least, training } = this
    const own = (this.classOf[row] as number) - first
    const square = this.squares[row] as number
    let says = false
    let moved = 0
    for (let nth = 0; nth < ABREAST; nth++) {
      step[nth] = 0
      const sign = nth === own ? 1 : -1
      const slack = 0.5 / (sign > 0 ? training.ownCost : training.cost)
      const before = alpha[row * ABREAST + nth] as number
      const slope = (gradient[nth] as number) * sign - 1 + before * slack
      if (before === 0 && slope > (high[nth] as number)) continue
      says = true
      const projected = before === 0 && slope > 0 ? 0 : slope
      most[nth] = Math.max(most[nth] as number, projected)
      least[nth] = Math.min(least[nth] as number, projected)
      if (projected === 0) continue
      const after = Math.max(before - slope / (square + slack), 0)
      alpha[row * ABREAST + nth] = after
      step[nth] = ((alpha[row * ABREAST + nth] as number) - before) * sign
      if (step[nth] !== 0) moved++
    }
    if (moved > ABREAST / 2) this.moveAll(row)
    else if (moved > 0) this.moveSome(row)
    return says
  }

  private moveAll(row: number): void {
    const { w, step } = this
    const { starts, ids, values, width } = this.rows
    const [s0, s1, s2, s3] = [step[0] as number, step[1] as number, step[2] as number, step[3] as number]
    const [s4, s5, s6, s7] = [step[4] as number, step[5] as number, step[6] as number, step[7] as number]
    for (let at = starts[row] as number, end = starts[row + 1] as number; at < end; at++) {
      const from = (ids[at] as number) * ABREAST
      const value = values[at] as number
      w[from] = (w[from] as number) + s0 * value
      w[from + 1] = (w[from + 1] as number) + s1 * value
      w[from + 2] = (w[from + 2] as number) + s2 * value
      w[from + 3] = (w[from + 3] as number) + s3 * value
      w[from + 4] = (w[from + 4] as number) + s4 * value
      w[from + 5] = (w[from + 5] as number) + s5 * value
      w[from + 6] = (w[from + 6] as number) + s6 * value
      w[from + 7] = (w[from + 7] as number) + s7 * value
    }
    for (let nth = 0; nth < ABREAST; nth++)
      w[width * ABREAST + nth] = (w[width * ABREAST + nth] as number) + (step[nth] as number)
  }

  private moveSome(row: number): void {
    const { w, step } = this
    const { starts, ids, values, width } = this.rows
    for (let nth = 0; nth < ABREAST; nth++) {
      const by = step[nth] as number
      if (by === 0) continue
      for (let at = starts[row] as number, end = starts[row + 1] as number; at < end; at++) {
        const place = (ids[at] as number) * ABREAST + nth
        w[place] = (w[place] as number) + by * (values[at] as number)
      }
      w[width * ABREAST + nth] = (w[width * ABREAST + nth] as number) + by
    }
  }

  private random(below: number): number {
    this.seed ^= this.seed << 13
    this.seed ^= this.seed >>> 17
    this.seed ^= this.seed << 5
    return (this.seed >>> 0) % below
  }
}
