import type { ChannelKind } from '../../../contracts/channels.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'

/** A contact point as the pipelines and the desk need it. Its address is in clear: mask it before it is shown. */
export interface ContactPointDescription {
  readonly id: string
  readonly channelAccountId: string
  readonly channel: ChannelKind
  readonly address: string
  readonly displayName: string | null
  readonly username: string | null
  readonly locale: string | null
  /** The highest level whose proof holds now, 0–4. */
  readonly trust: number
  readonly unreachableSince: Date | null
  readonly mutedAs: 'spam' | 'abuse' | null
  readonly createdAt: Date
  /** Since when its present link holds; null = linked to nobody. */
  readonly linkedFrom: Date | null
  readonly erased: boolean
}

/** What is known of these contact points, by id; unknown ids are left out. `now` decides which proofs hold. */
export async function describeContactPoints(
  db: Executor,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, ContactPointDescription>> {
  if (ids.length === 0) return new Map()
  const described = await rows(
    db,
    sql<ContactPointDescription>`
      select p.id, p.channel_account_id as "channelAccountId", p.channel, p.address, p.display_name as "displayName",
             p.username, p.locale, p.unreachable_since as "unreachableSince", p.muted_as as "mutedAs",
             p.created_at as "createdAt", l.valid_from as "linkedFrom", p.erased_at is not null as erased,
             case when p.trust = 0 then 0
                  when p.trust_expires_at is null or p.trust_expires_at > ${now} then p.trust
                  else (select coalesce(max(level), 0) from subscribers.proof
                        where contact_point_id = p.id and revoked_at is null
                          and (expires_at is null or expires_at > ${now}))
             end::int as trust
      from subscribers.contact_point p
      left join subscribers.contact_link l on l.contact_point_id = p.id and l.valid_to is null and not l.voided
      where p.id = any(${ids}::uuid[])`,
  )
  return new Map(described.map((one) => [one.id, one]))
}

/** The clock of whoever a contact point belongs to now; null = it is not known. */
export async function timeZoneOf(db: Executor, id: string): Promise<string | null> {
  const found = await maybeOne(
    db,
    sql<{ timeZone: string | null }>`
      select s.time_zone as "timeZone" from subscribers.contact_link l join subscribers.subscriber s on s.id = l.subscriber_id
      where l.contact_point_id = ${id} and l.valid_to is null and not l.voided`,
  )
  return found?.timeZone ?? null
}

/** The person blocked or left this door; the first time stands. */
export async function markUnreachable(db: Executor, id: string, since: Date): Promise<void> {
  await rows(
    db,
    sql`update subscribers.contact_point set unreachable_since = ${since}
        where id = ${id} and unreachable_since is null`,
  )
}

/** The person opened the door again. */
export async function markReachable(db: Executor, id: string): Promise<void> {
  await rows(
    db,
    sql`update subscribers.contact_point set unreachable_since = null
        where id = ${id} and unreachable_since is not null`,
  )
}

/** People wrote through these contact points: those who were taken for unreachable before that are so no longer. */
export async function markHeard(
  db: Executor,
  heard: readonly { readonly id: string; readonly at: Date }[],
): Promise<void> {
  await rows(
    db,
    sql`update subscribers.contact_point p set unreachable_since = null
        from unnest(${heard.map(({ id }) => id)}::uuid[], ${heard.map(({ at }) => at)}::timestamptz[]) as heard(id, at)
        where p.id = heard.id and p.unreachable_since is not null and p.unreachable_since <= heard.at`,
  )
}

/** Spam and abuse wake nobody; null takes the mute back. */
export async function muteContactPoint(db: Executor, id: string, as: 'spam' | 'abuse' | null): Promise<void> {
  await rows(db, sql`update subscribers.contact_point set muted_as = ${as} where id = ${id}`)
}
