import { type Executor, rows, sql } from '../../../platform/database/index.ts'

/** What this room keeps about a person, for the person: names in the words of the tables, instants in UTC. */
export interface PersonPart {
  readonly subscribers: readonly Readonly<Record<string, unknown>>[]
  readonly contactPoints: readonly Readonly<Record<string, unknown>>[]
  readonly aliases: readonly Readonly<Record<string, unknown>>[]
  readonly proofs: readonly Readonly<Record<string, unknown>>[]
  readonly links: readonly Readonly<Record<string, unknown>>[]
  readonly lines: readonly Readonly<Record<string, unknown>>[]
}

/**
 * Everything kept about the person of these contact points. Codes and tokens are no data of theirs; a subscriber whose contact point it only was once
 * is somebody else.
 */
export async function exportPersonPart(
  db: Executor,
  contactPointIds: readonly string[],
): Promise<PersonPart> {
  const ids = sql`any(${contactPointIds}::uuid[])`
  return {
    subscribers: await rows(
      db,
      sql<Record<string, unknown>>`
        select id, name, locale, time_zone as "timeZone", note, created_at as "createdAt" from subscribers.subscriber
        where id in (select subscriber_id from subscribers.contact_link
                     where contact_point_id = ${ids} and valid_to is null and not voided)`,
    ),
    contactPoints: await rows(
      db,
      sql<Record<string, unknown>>`
        select id, channel, address, display_name as "displayName", username, locale, trust,
               unreachable_since as "unreachableSince", muted_as as "mutedAs", created_at as "createdAt"
        from subscribers.contact_point where id = ${ids} order by created_at`,
    ),
    aliases: await rows(
      db,
      sql<Record<string, unknown>>`
        select contact_point_id as "contactPointId", external_id as "externalId", created_at as "createdAt"
        from subscribers.contact_alias where contact_point_id = ${ids} order by created_at`,
    ),
    proofs: await rows(
      db,
      sql<Record<string, unknown>>`
        select contact_point_id as "contactPointId", kind, level, evidence, proved_at as "provedAt",
               expires_at as "expiresAt", revoked_at as "revokedAt"
        from subscribers.proof where contact_point_id = ${ids} order by proved_at`,
    ),
    links: await rows(
      db,
      sql<Record<string, unknown>>`
        select contact_point_id as "contactPointId", valid_from as "validFrom", valid_to as "validTo", made_at as "madeAt",
               reason, voided
        from subscribers.contact_link where contact_point_id = ${ids} order by made_at`,
    ),
    lines: await rows(
      db,
      sql<Record<string, unknown>>`
        select line_id as "lineId", role, valid_from as "validFrom", valid_to as "validTo", made_at as "madeAt"
        from subscribers.line_link
        where subscriber_id in (select subscriber_id from subscribers.contact_link
                                where contact_point_id = ${ids} and valid_to is null and not voided) order by made_at`,
    ),
  }
}
