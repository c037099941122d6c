/** The rounds of one figure in one number. */
export interface Summary {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Median, lowest and highest of the rounds. */
export function summarize(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
  return { median, low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0 }
}

/** One line of the result. */
export interface Result {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What it is compared with, in the same unit; null where nothing is. */
  readonly baseline: number | null
  /** How many times better than the baseline, or the growth where growth is asked. */
  readonly ratio: number | null
  readonly [field: string]: unknown
}

/** Prints one result as a line of JSON. */
export function report(result: Result): void {
  process.stdout.write(`${JSON.stringify(result, (_key, value: unknown) => shortened(value))}\n`)
}

/** Four significant digits say more than a measurement knows. */
function shortened(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
}
