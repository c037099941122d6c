import type { Line } from '../../../contracts/lines.ts'

/** All that will be charged on the next day on which something will: people count days, not charges. Undefined: nothing comes. */
export function nextCharge(
  coming: Line['coming'],
): { readonly at: string; readonly kopecks: number } | undefined {
  const [first] = coming
  if (!first) return undefined
  const day = dayOf(first.at)
  const kopecks = coming.reduce((sum, one) => (dayOf(one.at) === day ? sum + one.kopecks : sum), 0)
  return { at: first.at, kopecks }
}

const dayOf = (at: string): string => new Date(at).toDateString()
