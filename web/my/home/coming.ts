import type { Line } from '../../../contracts/lines.ts'

type Coming = Line['coming'][number]

/** What one thing costs in the coming month: when first, and whether every day from then on. */
export interface ComingCharge extends Coming {
  readonly daily: boolean
}

const DAY_AND_HALF_MS = 36 * 3_600_000

/** Each thing that will be charged once, however often it is: what is charged daily would leave no room for the monthly fee. */
export function comingByThing(coming: readonly Coming[]): ComingCharge[] {
  const things = new Map<string, Coming[]>()
  for (const one of coming) {
    const known = things.get(one.code)
    if (known) known.push(one)
    else things.set(one.code, [one])
  }
  return [...things.values()].flatMap(([first, second]) =>
    first ? [{ ...first, daily: second !== undefined && within(first, second) }] : [],
  )
}

const within = (first: Coming, second: Coming) =>
  Date.parse(second.at) - Date.parse(first.at) < DAY_AND_HALF_MS
