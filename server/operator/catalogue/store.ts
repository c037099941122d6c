import { CatalogueDiff, type Offering, OfferingTerms, ZoneTerms } from '../../../contracts/catalogue.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'

/** A published version; nothing of it ever changes. */
export interface VersionRow {
  readonly id: string
  readonly number: number
  readonly publishedAt: Date
  readonly publishedBy: string
}

interface OfferingRow {
  readonly id: string
  readonly terms: unknown
}

const MOST_VERSIONS = 100
const versionColumns = sql`id, number, published_at as "publishedAt", published_by as "publishedBy"`
const offering = ({ id, terms }: OfferingRow): Offering => ({ id, terms: OfferingTerms.parse(terms) })

/** The version in force; undefined before the first one is published. */
export function newestVersion(db: Executor): Promise<VersionRow | undefined> {
  return maybeOne(
    db,
    sql<VersionRow>`select ${versionColumns} from catalogue.version order by number desc limit 1`,
  )
}

/** Versions with what each changed, newest first, at most 100. */
export async function listVersions(db: Executor): Promise<(VersionRow & { readonly diff: CatalogueDiff })[]> {
  const listed = await rows(
    db,
    sql<VersionRow & { diff: unknown }>`
      select ${versionColumns}, diff from catalogue.version order by number desc limit ${MOST_VERSIONS}`,
  )
  return listed.map((version) => ({ ...version, diff: CatalogueDiff.parse(version.diff) }))
}

/** Makes publishers queue up until the transaction ends; readers do not wait. */
export async function lockVersions(tx: Executor): Promise<void> {
  await rows(tx, sql`lock table catalogue.version in share row exclusive mode`)
}

export async function insertVersion(
  tx: Executor,
  { id, number, publishedAt, publishedBy, diff }: VersionRow & { readonly diff: CatalogueDiff },
): Promise<void> {
  await rows(
    tx,
    sql`
      insert into catalogue.version (id, number, published_at, published_by, diff)
      values (${id}, ${number}, ${publishedAt}, ${publishedBy}, ${JSON.stringify(diff)}::jsonb)`,
  )
}

/** The offerings of a version, archived ones included, by kind and code. */
export async function offeringsOf(db: Executor, version: number): Promise<Offering[]> {
  const found = await rows(
    db,
    sql<OfferingRow>`
      select id, terms from catalogue.offering
      where since <= ${version} and (until is null or until > ${version})
      order by array_position(array['tariff', 'option', 'content', 'discount', 'zone'], kind), code`,
  )
  return found.map(offering)
}

/** Offerings of any version by id; unknown ids are left out. */
export async function offeringsById(db: Executor, ids: readonly string[]): Promise<Offering[]> {
  const found = await rows(
    db,
    sql<OfferingRow>`select id, terms from catalogue.offering where id = any(${ids}::uuid[])`,
  )
  return found.map(offering)
}

/** Ends offerings with the version before `version`. */
export async function endOfferings(tx: Executor, ids: readonly string[], version: number): Promise<void> {
  await rows(tx, sql`update catalogue.offering set until = ${version} where id = any(${ids}::uuid[])`)
}

export async function insertOfferings(
  tx: Executor,
  offerings: readonly Offering[],
  version: number,
): Promise<void> {
  await rows(
    tx,
    sql`
      insert into catalogue.offering (id, code, kind, terms, since)
      select id, terms->>'code', terms->>'kind', terms, ${version}
      from unnest(
        ${offerings.map(({ id }) => id)}::uuid[], ${offerings.map(({ terms }) => JSON.stringify(terms))}::jsonb[]
      ) as published (id, terms)`,
  )
}

/** Zones of the versions that were in force between two instants, with when those were. */
export async function zonesBetween(
  db: Executor,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<{ terms: ZoneTerms; from: Date; to: Date | null }[]> {
  const found = await rows(
    db,
    sql<{ terms: unknown; from: Date; to: Date | null }>`
      select o.terms, since.published_at as "from", until.published_at as "to"
      from catalogue.offering o
      join catalogue.version since on since.number = o.since
      left join catalogue.version until on until.number = o.until
      where o.kind = 'zone' and since.published_at <= ${to} and (until.published_at is null or until.published_at > ${from})
      order by since.number, o.code`,
  )
  return found.map((row) => ({ ...row, terms: ZoneTerms.parse(row.terms) }))
}
