import type { LineState } from './line-state.ts'

type Discounted = Pick<LineState, 'discounts'>

/** The discount that lowers an offering's fee at an instant: the largest of those that apply; they do not add up. */
function discountOn({ discounts }: Discounted, code: string, at: Date): number {
  let percent = 0
  for (const { offering, endsAt, endedAt } of discounts) {
    if (endedAt !== null || (endsAt !== null && endsAt <= at)) continue
    if (offering.terms.appliesTo.includes(code)) percent = Math.max(percent, offering.terms.percent)
  }
  return percent
}

/** What an offering's fee is at an instant, discounts taken off, in kopecks; what does not divide is left to the person. */
export function feeOf(
  line: Discounted,
  { code, feeKopecks }: { readonly code: string; readonly feeKopecks: number },
  at: Date,
): number {
  return feeKopecks - Math.ceil((feeKopecks * discountOn(line, code, at)) / 100)
}
