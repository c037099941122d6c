import { countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'

/** Subscribers by their place in the app: its address is their id. */
const subscribersAt = (contactPointIds: readonly string[]) => sql`
  (select address::uuid from subscribers.contact_point
   where id = any(${[...contactPointIds]}::uuid[]) and channel = 'my' and erased_at is null)`

/** What this room keeps about the person of these contact points, for the person. Codes, passes and tokens are no data of theirs. */
export async function exportMyPart(
  db: Executor,
  contactPointIds: readonly string[],
): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const whose = subscribersAt(contactPointIds)
  return {
    devices: await rows(
      db,
      sql<Record<string, unknown>>`
        select s.id, s.device, s.trusted, s.signed_in_by as "signedInBy", s.signed_in_at as "signedInAt",
               s.last_seen_at as "lastSeenAt", t.endpoint as "pushEndpoint"
        from my.session s left join my.push_target t on t.session_id = s.id
        where s.subscriber_id in ${whose} order by s.signed_in_at`,
    ),
    visits: await rows(
      db,
      sql<Record<string, unknown>>`
        select day::text, section from my.visit where subscriber_id in ${whose} order by day, section`,
    ),
  }
}

export interface ErasedMyPart {
  readonly mySessions: number
  readonly myPasses: number
  readonly myVisits: number
  readonly myCodes: number
}

/**
 * Destroys what this room keeps about the person of these contact points, before their addresses go: sessions with where to knock, passes, visits,
 * codes on their way to these names.
 */
export async function eraseMyPart(
  tx: Executor,
  contactPointIds: readonly string[],
  names: readonly string[],
): Promise<ErasedMyPart> {
  const whose = subscribersAt(contactPointIds)
  return {
    mySessions: await countChanged(tx, sql`delete from my.session where subscriber_id in ${whose}`),
    myPasses: await countChanged(tx, sql`delete from my.pass where subscriber_id in ${whose}`),
    myVisits: await countChanged(tx, sql`delete from my.visit where subscriber_id in ${whose}`),
    myCodes: await countChanged(
      tx,
      sql`delete from my.challenge where msisdn = any(${[...names]}::text[])
          or contact_point_id = any(${[...contactPointIds]}::uuid[])`,
    ),
  }
}
