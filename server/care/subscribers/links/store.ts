import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import type { Doer } from '../doer.ts'
import type { Side } from './plan.ts'

/** Locks these contact points, in the order of their ids, so that links of one are made one at a time. Gives those that exist. */
export async function lockContactPoints(tx: Executor, ids: readonly string[]): Promise<Set<string>> {
  const locked = await rows(
    tx,
    sql<{ id: string }>`
      select id from subscribers.contact_point where id = any(${ids}::uuid[]) and erased_at is null
      order by id for no key update`,
  )
  return new Set(locked.map(({ id }) => id))
}

export interface CurrentLink {
  readonly id: string
  readonly subscriberId: string
  readonly proofId: string | null
}

export function findCurrentLink(tx: Executor, contactPointId: string): Promise<CurrentLink | undefined> {
  return maybeOne(
    tx,
    sql<CurrentLink>`
      select id, subscriber_id as "subscriberId", proof_id as "proofId" from subscribers.contact_link
      where contact_point_id = ${contactPointId} and valid_to is null and not voided`,
  )
}

/** How a contact point stands before it is linked. */
export async function readSide(tx: Executor, contactPointId: string): Promise<Side> {
  const link = await findCurrentLink(tx, contactPointId)
  if (!link) return { contactPointId, link: null, alone: true }
  const others = await rows(
    tx,
    sql`select 1 from subscribers.contact_link
        where subscriber_id = ${link.subscriberId} and contact_point_id <> ${contactPointId} and not voided limit 1`,
  )
  return { contactPointId, link, alone: others.length === 0 }
}

export interface NewLink {
  readonly id: string
  readonly contactPointId: string
  readonly subscriberId: string
  readonly at: Date
  readonly by: Doer
  readonly reason: string
  readonly proofId: string | null
}

/** Links from where the link before ended, or from the making of the contact point. Gives that instant. */
export async function insertLink(tx: Executor, link: NewLink): Promise<Date> {
  const { id, contactPointId, subscriberId, at, by, reason, proofId } = link
  const made = await maybeOne(
    tx,
    sql<{ validFrom: Date }>`
      insert into subscribers.contact_link
        (id, contact_point_id, subscriber_id, valid_from, made_at, made_by, reason, proof_id)
      select ${id}, p.id, ${subscriberId},
             coalesce((select max(valid_to) from subscribers.contact_link
                       where contact_point_id = p.id and not voided), p.created_at),
             ${at}, ${by.name}, ${reason}, ${proofId}
      from subscribers.contact_point p where p.id = ${contactPointId}
      returning valid_from as "validFrom"`,
  )
  if (!made) throw new Error('a link needs its contact point')
  return made.validFrom
}

export interface Unmaking {
  readonly at: Date
  readonly by: Doer
  readonly reason: string
}

/** It held until now. */
export async function closeLink(tx: Executor, id: string, { at, by, reason }: Unmaking): Promise<void> {
  await rows(
    tx,
    // A clock that was set back must not make a link end before it began.
    sql`update subscribers.contact_link
        set valid_to = greatest(${at}, valid_from), unmade_at = ${at}, unmade_by = ${by.name}, unmade_reason = ${reason}
        where id = ${id}`,
  )
}

/** It never held. */
export async function voidLink(tx: Executor, id: string, { at, by, reason }: Unmaking): Promise<void> {
  await rows(
    tx,
    sql`update subscribers.contact_link
        set voided = true, unmade_at = ${at}, unmade_by = ${by.name}, unmade_reason = ${reason}
        where id = ${id}`,
  )
}

/** The pair needs no suggestion any more. */
export async function acceptSuggestion(tx: Executor, a: string, b: string): Promise<void> {
  await rows(
    tx,
    sql`update subscribers.suggestion set state = 'accepted'
        where contact_point_id = least(${a}::uuid, ${b}::uuid) and other_contact_point_id = greatest(${a}::uuid, ${b}::uuid)
          and state = 'open'`,
  )
}
