import { afterCommit, countChanged, type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Doer } from '../doer.ts'
import { forgetSightings } from '../sighting-memory.ts'
import type { Subscribers } from '../subscribers.ts'

/** How many of each were destroyed, for the erasure's report. */
export type ErasedCounts = Readonly<
  Record<
    | 'contactPoints'
    | 'aliases'
    | 'proofs'
    | 'challenges'
    | 'suggestions'
    | 'linkReasons'
    | 'subscribers'
    | 'parties',
    number
  >
>

/**
 * Destroys addresses, names, evidence, codes, suggestions and typed reasons of these contact points, and the subscribers who have no other. Rows of contact points,
 * proofs and links stay without personal data, so that counts stay; who writes again is somebody new. Repeating it counts nothing.
 * Announces `contact-points-erased`: every node must forget them (`forgetSightings`; this process does so by itself).
 */
export async function erasePersonPart(
  tx: Executor,
  { clock, announce }: Pick<Subscribers, 'clock' | 'announce'>,
  contactPointIds: readonly string[],
  by: Doer,
): Promise<ErasedCounts> {
  const at = clock.now()
  const ids = sql`any(${contactPointIds}::uuid[])`
  const counts = {
    aliases: await countChanged(
      tx,
      sql`delete from subscribers.contact_alias where contact_point_id = ${ids}`,
    ),
    challenges: await countChanged(
      tx,
      sql`delete from subscribers.challenge where contact_point_id = ${ids}`,
    ),
    suggestions: await countChanged(
      tx,
      sql`delete from subscribers.suggestion where contact_point_id = ${ids} or other_contact_point_id = ${ids}`,
    ),
    proofs: await countChanged(
      tx,
      sql`update subscribers.proof set evidence = '{}', revoked_at = coalesce(revoked_at, ${at})
          where contact_point_id = ${ids} and (evidence <> '{}' or revoked_at is null)`,
    ),
    linkReasons: await countChanged(
      tx,
      sql`update subscribers.contact_link set reason = '', unmade_reason = null
          where contact_point_id = ${ids} and (reason <> '' or unmade_reason is not null)`,
    ),
    contactPoints: await countChanged(
      tx,
      sql`update subscribers.contact_point
          set address = '', display_name = null, username = null, locale = null, name_key = null, likeness_due = false,
              trust = 0, trust_expires_at = null, erased_at = ${at}
          where id = ${ids} and erased_at is null`,
    ),
    subscribers: await eraseSubscribers(tx, contactPointIds, at),
    parties: await forgetParties(tx, contactPointIds, at),
  }
  await announce(tx, { kind: 'contact-points-erased', at, by, contactPointIds })
  afterCommit(tx, () => forgetSightings(contactPointIds))
  return counts
}

/** Nobody knows any more whom of the operator's books an erased subscriber was; their lines are theirs until now. */
async function forgetParties(tx: Executor, contactPointIds: readonly string[], at: Date): Promise<number> {
  const erased = sql`
    select s.id from subscribers.subscriber s join subscribers.contact_link l on l.subscriber_id = s.id
    where l.contact_point_id = any(${contactPointIds}::uuid[]) and s.erased_at is not null`
  await rows(
    tx,
    sql`update subscribers.line_link set valid_to = greatest(${at}, valid_from)
        where valid_to is null and subscriber_id in (${erased})`,
  )
  return countChanged(tx, sql`delete from subscribers.party_link where subscriber_id in (${erased})`)
}

/** A subscriber goes with the last of their contact points. */
function eraseSubscribers(tx: Executor, contactPointIds: readonly string[], at: Date): Promise<number> {
  return countChanged(
    tx,
    sql`
      update subscribers.subscriber s
      set name = '', note = null, locale = null, time_zone = null, erased_at = ${at}
      where erased_at is null
        and id in (select subscriber_id from subscribers.contact_link
                   where contact_point_id = any(${contactPointIds}::uuid[]))
        and not exists (
          select 1 from subscribers.contact_link l join subscribers.contact_point p on p.id = l.contact_point_id
          where l.subscriber_id = s.id and not l.voided and p.erased_at is null)`,
  )
}
