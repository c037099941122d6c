import type { Catalogue, Offering, OfferingTerms } from '../../../contracts/catalogue.ts'
import type { Executor } from '../../platform/database/index.ts'
import { createMemory } from './memory.ts'
import { newestVersion, offeringsById, offeringsOf, type VersionRow } from './store.ts'

// Versions and offerings never change and their ids are unique everywhere, so whoever reads them may share one memory. What a
// transaction that was rolled back put there is never asked for: its ids were told to nobody.
const VERSIONS_KEPT = 8
const OFFERINGS_KEPT = 20_000
const versions = createMemory<readonly Offering[]>(VERSIONS_KEPT)
const offerings = createMemory<Offering>(OFFERINGS_KEPT)

/** Whether new takers may have it at `at`: not archived, and within its validity (from inclusive, to exclusive). */
function isOffered({ archived, validFrom, validTo }: OfferingTerms, at: Date): boolean {
  return (
    !archived &&
    (validFrom === null || Date.parse(validFrom) <= at.getTime()) &&
    (validTo === null || at.getTime() < Date.parse(validTo))
  )
}

/** The offerings of a version, archived ones included. */
export async function readVersion(db: Executor, version: VersionRow): Promise<readonly Offering[]> {
  const remembered = versions.get(version.id)
  if (remembered) return remembered
  const read = await offeringsOf(db, version.number)
  versions.keep(version.id, read)
  for (const offering of read) offerings.keep(offering.id, offering)
  return read
}

async function inForce(db: Executor): Promise<readonly Offering[]> {
  const version = await newestVersion(db)
  return version ? readVersion(db, version) : []
}

/** The catalogue in force, archived offerings included, by kind and code; version 0 without offerings before the first one. */
export async function readCatalogue(db: Executor): Promise<Catalogue> {
  const version = await newestVersion(db)
  return {
    version: version?.number ?? 0,
    publishedAt: (version?.publishedAt ?? new Date(0)).toISOString(),
    publishedBy: version?.publishedBy ?? '',
    offerings: version ? [...(await readVersion(db, version))] : [],
  }
}

/** Offerings of any version by id, from memory where they were read before; unknown ids are missing in the answer. */
export async function readOfferings(db: Executor, ids: readonly string[]): Promise<Map<string, Offering>> {
  const known = new Map<string, Offering>()
  const missing = new Set<string>()
  for (const id of ids) {
    const offering = offerings.get(id)
    if (offering) known.set(id, offering)
    else missing.add(id)
  }
  if (missing.size === 0) return known
  for (const offering of await offeringsById(db, [...missing])) {
    offerings.keep(offering.id, offering)
    known.set(offering.id, offering)
  }
  return known
}

/** The offering that a line agreed to, whatever has become of its code since. */
export async function findOffering(db: Executor, offeringId: string): Promise<Offering | undefined> {
  return (await readOfferings(db, [offeringId])).get(offeringId)
}

/** What the code means now, archived and outdated included: to tell a line's own conditions from those of today. */
export async function findInForce(db: Executor, code: string): Promise<Offering | undefined> {
  return (await inForce(db)).find(({ terms }) => terms.code === code)
}

/** What a new taker of the code would get at `at`; undefined if it is unknown, archived or out of its validity. */
export async function findOffered(db: Executor, code: string, at: Date): Promise<Offering | undefined> {
  const offering = await findInForce(db, code)
  return offering && isOffered(offering.terms, at) ? offering : undefined
}

/** Everything that a new taker may have at `at`, by kind and code. Regions are for the caller to look at. */
export async function listOffered(db: Executor, at: Date): Promise<Offering[]> {
  return (await inForce(db)).filter(({ terms }) => isOffered(terms, at))
}
