import type { ZoneTerms } from '../../../contracts/catalogue.ts'
import type { Executor } from '../../platform/database/index.ts'
import { listOffered } from './read-catalogue.ts'
import { zonesBetween } from './store.ts'

/** A zone with its prices, and when they held: from inclusive, to exclusive. */
export interface ZoneThen {
  readonly terms: ZoneTerms
  readonly from: Date
  /** null = they still do. */
  readonly to: Date | null
}

/** Zones whose prices held at any time between two instants, in the order in which they began to. */
export async function readZones(db: Executor, between: { from: Date; to: Date }): Promise<ZoneThen[]> {
  const published = await zonesBetween(db, between)
  return published.flatMap((zone) => whileValid(zone) ?? [])
}

/** Published, not archived, and within its validity. */
function whileValid({ terms, from, to }: ZoneThen): ZoneThen | undefined {
  if (terms.archived) return undefined
  const begins =
    terms.validFrom === null ? from : new Date(Math.max(from.getTime(), Date.parse(terms.validFrom)))
  const ends = [to, terms.validTo === null ? null : new Date(terms.validTo)].filter((end) => end !== null)
  const end = ends.length === 0 ? null : new Date(Math.min(...ends.map((one) => one.getTime())))
  return end !== null && end <= begins ? undefined : { terms, from: begins, to: end }
}

/** What a zone's rates are at an instant in a country: those of the zone that names it, else of the one for everywhere else; none: free. */
export function ratesIn(zones: readonly ZoneThen[], country: string, at: Date): ZoneTerms['rates'] {
  const then = zones.filter(({ from, to }) => from <= at && (to === null || at < to))
  const named = then.find(({ terms }) => terms.countries.includes(country))
  return (named ?? then.find(({ terms }) => terms.countries.length === 0))?.terms.rates ?? []
}

/** The zones whose prices hold now. */
export async function listZones(db: Executor, at: Date): Promise<ZoneTerms[]> {
  return (await listOffered(db, at)).flatMap(({ terms }) => (terms.kind === 'zone' ? [terms] : []))
}
