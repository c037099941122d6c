import type { TariffTerms } from '../../../../contracts/catalogue.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { ratesIn, readZones } from '../../catalogue/index.ts'
import type { LineState } from '../line-state.ts'

/** What is charged in a country (ISO 3166-1) for each started step beyond the packs, as it was at an instant. */
export type RatesAbroad = (country: string, at: Date) => TariffTerms['rates']

/** For lines of which nothing waits that was used abroad. */
export const NOTHING_ABROAD: RatesAbroad = () => []

/** The prices of all that waits of these lines and was used abroad; asks the catalogue only if there is some. */
export async function ratesAbroadFor(db: Executor, lines: Iterable<LineState>): Promise<RatesAbroad> {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { usage } of lines) {
    for (const { roaming, at } of usage) {
      if (roaming === null) continue
      first = Math.min(first, at.getTime())
      last = Math.max(last, at.getTime())
    }
  }
  if (first > last) return NOTHING_ABROAD
  const zones = await readZones(db, { from: new Date(first), to: new Date(last) })
  return (country, at) => ratesIn(zones, country, at)
}
