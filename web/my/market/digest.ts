import type { DealReceipt } from '../../../contracts/market.ts'

/** How a deal moved the balance of this side; what was taken back of it is told with the deal, not here. */
export const movedBy = ({ side, priceKopecks, feeKopecks }: DealReceipt): number =>
  side === 'sold' ? priceKopecks - feeKopecks : -priceKopecks

/** The deals of a day, and how they moved the balance. */
export interface DayOfDeals {
  readonly day: string
  readonly deals: readonly DealReceipt[]
  readonly kopecks: number
}

/** Deals that come newest first, a day at a time. */
export function byDay(deals: readonly DealReceipt[], dayOf: (at: string) => string): readonly DayOfDeals[] {
  const days = new Map<string, DealReceipt[]>()
  for (const deal of deals) {
    const day = dayOf(deal.at)
    const known = days.get(day)
    if (known) known.push(deal)
    else days.set(day, [deal])
  }
  return [...days].map(([day, ofDay]) => ({
    day,
    deals: ofDay,
    kopecks: ofDay.reduce((sum, deal) => sum + movedBy(deal), 0),
  }))
}
