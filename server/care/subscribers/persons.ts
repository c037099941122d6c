import type { ChannelKind } from '../../../contracts/channels.ts'
import { type Executor, maybeOne, type RawSql, rows, sql } from '../../platform/database/index.ts'
import { found } from '../../platform/refusal.ts'
import { maskAddress } from './mask-address.ts'
import { type LaneWindow, type LinkSpan, windowsOf } from './windows.ts'

/** Who stands behind a contact point, as an inbox row shows them. */
export interface PersonName {
  /** Null: nobody's contact point yet; it is a person of its own. */
  readonly subscriberId: string | null
  /** The subscriber's name, else how the channel calls them, else the masked address. */
  readonly name: string
  /** Linked to a subscriber. */
  readonly known: boolean
}

/** A person with everything that is theirs: their timeline is the merge of these stretches. */
export interface Person extends PersonName {
  readonly lanes: readonly LaneWindow[]
}

interface Named {
  readonly contactPointId: string
  readonly subscriberId: string | null
  readonly subscriberName: string | null
  readonly displayName: string | null
  readonly username: string | null
  readonly channel: ChannelKind
  readonly address: string
}

/** How we call a person whom nobody has named yet. */
export function callOf(one: Pick<Named, 'displayName' | 'username' | 'channel' | 'address'>): string {
  return (
    one.displayName ?? (one.username === null ? maskAddress(one.channel, one.address) : `@${one.username}`)
  )
}

const nameOf = (one: Named): PersonName => ({
  subscriberId: one.subscriberId,
  name: one.subscriberName ?? callOf(one),
  known: one.subscriberId !== null,
})

/** A contact point at an instant; null = now. */
export interface Moment {
  readonly contactPointId: string
  readonly at: Date | null
}

/** Who stands or stood behind contact points; `place` is that of the moment, from 1. */
function readNamed(db: Executor, moments: readonly Moment[]): Promise<(Named & { place: number })[]> {
  return rows(
    db,
    sql<Named & { place: number }>`
      select m.place::int, p.id as "contactPointId", s.id as "subscriberId", s.name as "subscriberName",
             p.display_name as "displayName", p.username, p.channel, p.address
      from unnest(${moments.map((one) => one.contactPointId)}::uuid[], ${moments.map((one) => one.at)}::timestamptz[])
        with ordinality as m(id, at, place)
      join subscribers.contact_point p on p.id = m.id
      left join subscribers.subscriber s on s.id = ${ownerAt(sql`p.id`, sql`m.at`)}`,
  )
}

/**
 * The subscriber whose a contact point was at an instant, as SQL; null for nobody's. A null instant is now. The links of a contact
 * point leave no gap, so that the first one that ends after an instant is the one that holds at it.
 */
export const ownerAt = (contactPointId: RawSql, at: RawSql): RawSql => sql`(
  select l.subscriber_id from subscribers.contact_link l
  where l.contact_point_id = ${contactPointId} and not l.voided and (l.valid_to is null or l.valid_to > ${at})
  order by l.valid_from limit 1)`

/** Who stands behind these contact points now, by contact point. One query; unknown ids are left out. */
export async function readPersons(
  db: Executor,
  contactPointIds: readonly string[],
): Promise<Map<string, PersonName>> {
  if (contactPointIds.length === 0) return new Map()
  const now = contactPointIds.map((contactPointId) => ({ contactPointId, at: null }))
  const named = await readNamed(db, now)
  return new Map(named.map((one) => [one.contactPointId, nameOf(one)]))
}

/** Who stood behind contact points at each of these moments, in their order; undefined for an unknown one. One query. */
export async function readPersonsAt(
  db: Executor,
  moments: readonly Moment[],
): Promise<(PersonName | undefined)[]> {
  const persons: (PersonName | undefined)[] = moments.map(() => undefined)
  if (moments.length === 0) return persons
  for (const { place, ...named } of await readNamed(db, moments)) persons[place - 1] = nameOf(named)
  return persons
}

/**
 * The person behind a contact point now, or at an instant: it may have been somebody else's since. A linked one has every lane of
 * their subscriber, each within its links' validities, those that are theirs no longer included; an unlinked one is a person of
 * its own with its lane since the end of its last link. Refuses with `not_found`.
 */
export async function readPerson(
  db: Executor,
  contactPointId: string,
  at: Date | null = null,
): Promise<Person> {
  const named = found((await readNamed(db, [{ contactPointId, at }]))[0], 'contact point')
  const name = nameOf(named)
  if (name.subscriberId !== null) return { ...name, lanes: windowsOf(await readLinks(db, name.subscriberId)) }
  return {
    ...name,
    lanes: [
      {
        laneId: contactPointId,
        kind: 'contact-point',
        from: await readLastEnd(db, contactPointId),
        to: null,
      },
    ],
  }
}

/** A subscriber with every lane of theirs, their lines' included, each within its links' validities. Refuses with `not_found`. */
export async function readSubscriber(db: Executor, subscriberId: string): Promise<Person> {
  const { name } = found(
    await maybeOne(
      db,
      sql<{ name: string }>`
        select name from subscribers.subscriber where id = ${subscriberId} and erased_at is null`,
    ),
    'subscriber',
  )
  return { subscriberId, name, known: true, lanes: windowsOf(await readLinks(db, subscriberId)) }
}

/**
 * Every stretch that is or was a subscriber's: of their contact points, and of lines of which they are or were owner or user. A link from
 * the making of its contact point on is open at its start, so that no entry falls out because two machines' clocks differ by a moment.
 */
export async function readLinks(db: Executor, subscriberId: string): Promise<LinkSpan[]> {
  return rows(
    db,
    sql<LinkSpan>`
      select l.contact_point_id as "laneId", 'contact-point' as kind,
             case when l.valid_from > p.created_at then l.valid_from end as "from", l.valid_to as "to"
      from subscribers.contact_link l join subscribers.contact_point p on p.id = l.contact_point_id
      where l.subscriber_id = ${subscriberId} and not l.voided and l.valid_to is distinct from l.valid_from
      union all
      select line_id, 'line', valid_from, valid_to from subscribers.line_link
      where subscriber_id = ${subscriberId} and role in ('owner', 'user')
        and (valid_to is null or valid_to is distinct from valid_from)`,
  )
}

/** Until when an unlinked contact point was last somebody's; null = never. */
export async function readLastEnd(db: Executor, contactPointId: string): Promise<Date | null> {
  const last = await maybeOne(
    db,
    sql<{ validTo: Date | null }>`
      select max(valid_to) as "validTo" from subscribers.contact_link
      where contact_point_id = ${contactPointId} and not voided`,
  )
  return last?.validTo ?? null
}
