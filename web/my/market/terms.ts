import type { Sellable } from '../../../contracts/market.ts'

/** How much of what may be sold a lot begins with: a handful, no more than there is. */
const HANDFUL = { data: 5, voice: 100, sms: 100 } as const

/** The volume that a new lot begins with. */
export const startOf = ({ type, units, minUnits, maxUnits }: Sellable): number =>
  Math.max(minUnits, Math.min(HANDFUL[type], units, maxUnits))

/** What the operator keeps of a price, in kopecks; half a kopeck is the seller's. */
export const feeOf = (priceKopecks: number, feeBasisPoints: number): number =>
  Math.floor((priceKopecks * feeBasisPoints) / 10_000)

/** Kopecks as roubles are typed. */
export const roubles = (kopecks: number): string =>
  kopecks % 100 === 0 ? String(kopecks / 100) : (kopecks / 100).toFixed(2)

/** What a lot is judged by. */
export type Bounds = Pick<Sellable, 'minUnits' | 'maxUnits' | 'minUnitKopecks' | 'maxUnitKopecks' | 'units'>

/** Whether volume and price are within what is allowed and there, and what that is. */
export function termsFit(bounds: Bounds, units: number, priceKopecks: number) {
  const maxUnits = Math.min(bounds.maxUnits, bounds.units)
  const [minKopecks, maxKopecks] = [units * bounds.minUnitKopecks, units * bounds.maxUnitKopecks]
  return {
    units: units >= bounds.minUnits && units <= maxUnits,
    price: priceKopecks >= minKopecks && priceKopecks <= maxKopecks,
    maxUnits,
    minKopecks,
    maxKopecks,
  }
}
