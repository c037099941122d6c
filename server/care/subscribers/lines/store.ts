import type { Locale } from '../../../../contracts/primitives.ts'
import { anyOf, type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'

export type LineRole = 'owner' | 'user' | 'trusted'

/** One at a time decides who a party is, until the transaction ends. */
export async function lockParty(tx: Executor, partyId: string): Promise<void> {
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`subscribers.party:${partyId}`}, 0))`)
}

/** One at a time decides whose a line is, until the transaction ends. */
export async function lockLineLinks(tx: Executor, lineIds: readonly string[]): Promise<void> {
  await rows(
    tx,
    // In one order for everybody: rivals wait for each other, never in a circle.
    sql`select pg_advisory_xact_lock(hashtextextended('subscribers.line:' || id, 0))
        from unnest(${[...lineIds].sort()}::text[]) as line (id)`,
  )
}

export async function insertPartyLink(
  tx: Executor,
  { partyId, subscriberId, at }: { partyId: string; subscriberId: string; at: Date },
): Promise<void> {
  await rows(
    tx,
    sql`insert into subscribers.party_link (party_id, subscriber_id, made_at) values (${partyId}, ${subscriberId}, ${at})`,
  )
}

/** Who a party of the operator's books is; undefined = nobody whom we have met. */
export async function subscriberOfParty(db: Executor, partyId: string): Promise<string | undefined> {
  const link = await maybeOne(
    db,
    sql<{ subscriberId: string }>`
      select subscriber_id as "subscriberId" from subscribers.party_link where party_id = ${partyId}`,
  )
  return link?.subscriberId
}

/** Who parties of the operator's books are, by party. */
export async function subscribersOfParties(
  db: Executor,
  partyIds: readonly string[],
): Promise<Map<string, string>> {
  const links = await rows(
    db,
    sql<{ partyId: string; subscriberId: string }>`
      select party_id as "partyId", subscriber_id as "subscriberId" from subscribers.party_link
      where party_id = any(${[...partyIds]}::text[])`,
  )
  return new Map(links.map((one) => [one.partyId, one.subscriberId]))
}

/** The operator's name of a subscriber; undefined = none is known. */
export async function partyOf(db: Executor, subscriberId: string): Promise<string | undefined> {
  const link = await maybeOne(
    db,
    sql<{ partyId: string }>`
      select party_id as "partyId" from subscribers.party_link where subscriber_id = ${subscriberId}`,
  )
  return link?.partyId
}

/** Contact points of everybody who has or had a role on a line: whose story changes with it. */
export async function contactPointsAroundLine(db: Executor, lineId: string): Promise<string[]> {
  const points = await rows(
    db,
    sql<{ id: string }>`
      select distinct c.contact_point_id as id from subscribers.line_link l
      join subscribers.contact_link c on c.subscriber_id = l.subscriber_id and c.valid_to is null and not c.voided
      where l.line_id = ${lineId}`,
  )
  return points.map(({ id }) => id)
}

/** The language of whoever uses a line, else of its owner; null = neither has said. */
export async function localeOfLine(db: Executor, lineId: string): Promise<Locale | null> {
  const person = await maybeOne(
    db,
    sql<{ locale: Locale }>`
      select s.locale from subscribers.line_link l join subscribers.subscriber s on s.id = l.subscriber_id
      where l.line_id = ${lineId} and l.valid_to is null and l.role in ('user', 'owner') and s.locale is not null
      order by l.role desc limit 1`,
  )
  return person?.locale ?? null
}

/** The operator's names of subscribers, by subscriber; those of whom none is known are left out. */
export async function partiesOfSubscribers(
  db: Executor,
  subscriberIds: readonly string[],
): Promise<Map<string, string>> {
  const links = await rows(
    db,
    sql<{ partyId: string; subscriberId: string }>`
      select party_id as "partyId", subscriber_id as "subscriberId" from subscribers.party_link
      where subscriber_id = any(${[...subscriberIds]}::uuid[])`,
  )
  return new Map(links.map((one) => [one.subscriberId, one.partyId]))
}

/** Subscribers who have a role on a line now. */
export const subscribersOfLine = (db: Executor, lineId: string): Promise<string[]> =>
  subscribersOfLines(db, [lineId])

/** Subscribers who have a role on any of these lines now, each once. */
export async function subscribersOfLines(db: Executor, lineIds: readonly string[]): Promise<string[]> {
  const links = await rows(
    db,
    sql<{ subscriberId: string }>`
      select distinct subscriber_id as "subscriberId" from subscribers.line_link
      where line_id = ${anyOf(lineIds)} and valid_to is null`,
  )
  return links.map((one) => one.subscriberId)
}

/** Subscribers who own a line or use it now: what happens to it is theirs to hear. */
export async function holdersOfLine(db: Executor, lineId: string): Promise<string[]> {
  const links = await readLineLinks(db, { lineId })
  return [...new Set(links.flatMap(({ role, subscriberId }) => (role === 'trusted' ? [] : [subscriberId])))]
}

export interface LineLink {
  readonly id: string
  readonly lineId: string
  readonly subscriberId: string
  readonly role: LineRole
}

/** Links that hold now, of a subscriber or of a line. */
export function readLineLinks(
  tx: Executor,
  of: { readonly subscriberId: string } | { readonly lineId: string },
): Promise<LineLink[]> {
  const whose = 'lineId' in of ? sql`line_id = ${of.lineId}` : sql`subscriber_id = ${of.subscriberId}`
  return rows(
    tx,
    sql<LineLink>`
      select id, line_id as "lineId", subscriber_id as "subscriberId", role from subscribers.line_link
      where ${whose} and valid_to is null`,
  )
}

/** Lines on which a subscriber has a role now, as we have it, by line. */
export async function linkedLinesOf(db: Executor, subscriberId: string): Promise<Map<string, LineRole>> {
  const links = await readLineLinks(db, { subscriberId })
  return new Map(links.map(({ lineId, role }) => [lineId, role]))
}

export async function closeLineLinks(tx: Executor, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await rows(
    tx,
    // A clock that was set back must not make a link end before it began.
    sql`update subscribers.line_link set valid_to = greatest(${at}, valid_from) where id = any(${[...ids]}::uuid[])`,
  )
}

export interface NewLineLink extends LineLink {
  readonly at: Date
  /** Since when the operator says that they have the role; undefined: it does not say. */
  readonly since: Date | undefined
}

/** Links from when the role began; where nobody says when, from the line's beginning if nobody had it before, else from now. */
export async function insertLineLink(tx: Executor, link: NewLineLink): Promise<void> {
  const { id, lineId, subscriberId, role, at, since } = link
  await rows(
    tx,
    sql`insert into subscribers.line_link (id, line_id, subscriber_id, role, valid_from, made_at)
        values (${id}, ${lineId}, ${subscriberId}, ${role},
          case when ${since === undefined} then
            (select ${at}::timestamptz where exists (select 1 from subscribers.line_link where line_id = ${lineId}))
          else ${since ?? null}::timestamptz end,
          ${at})`,
  )
}

/** Whom of the operator's books the persons of these contact points are now. */
export async function partiesOf(db: Executor, contactPointIds: readonly string[]): Promise<string[]> {
  const links = await rows(
    db,
    sql<{ partyId: string }>`
      select party_id as "partyId" from subscribers.party_link
      where subscriber_id in (select subscriber_id from subscribers.contact_link
                              where contact_point_id = any(${[...contactPointIds]}::uuid[]) and valid_to is null and not voided)
      order by party_id`,
  )
  return links.map(({ partyId }) => partyId)
}
