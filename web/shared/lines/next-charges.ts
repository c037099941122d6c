import type { Line } from '../../../contracts/lines.ts'

type Coming = Line['coming'][number]

/** All that will be charged on one day. */
export interface NextCharges {
  readonly at: string
  readonly kopecks: number
  readonly charges: readonly Coming[]
}

/** All that will be charged on the next day on which something will: people count days, not charges. Undefined: nothing comes. */
export function nextCharges(coming: readonly Coming[]): NextCharges | undefined {
  const [first] = coming
  if (!first) return undefined
  const charges = coming.filter(({ at }) => dayOf(at) === dayOf(first.at))
  return { at: first.at, kopecks: charges.reduce((sum, one) => sum + one.kopecks, 0), charges }
}

const dayOf = (at: string): string => new Date(at).toDateString()
