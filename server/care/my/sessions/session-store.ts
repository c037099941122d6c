import type { Locale } from '../../../../contracts/primitives.ts'
import { type Executor, maybeOne, one, rows, sql } from '../../../platform/database/index.ts'
import { type Batches, forgetRows } from '../../../platform/jobs/index.ts'

export type SignedInBy = 'sms' | 'email' | 'pass'

export interface NewSession {
  readonly id: string
  readonly tokenHash: Buffer
  readonly subscriberId: string
  readonly device: string
  readonly trusted: boolean
  readonly signedInBy: SignedInBy
  readonly lineId: string
  readonly contactPointId: string | null
  readonly at: Date
  readonly idleUntil: Date
  readonly endsAt: Date
  readonly freshUntil: Date
}

export async function insertSession(tx: Executor, session: NewSession): Promise<void> {
  const { id, tokenHash, subscriberId, device, trusted, signedInBy, lineId, contactPointId } = session
  await rows(
    tx,
    sql`insert into my.session
          (id, token_hash, subscriber_id, device, trusted, signed_in_by, line_id, contact_point_id, signed_in_at,
           last_seen_at, idle_until, ends_at, fresh_until)
        values (${id}, ${tokenHash}, ${subscriberId}, ${device}, ${trusted}, ${signedInBy}, ${lineId}, ${contactPointId},
          ${session.at}, ${session.at}, ${session.idleUntil}, ${session.endsAt}, ${session.freshUntil})`,
  )
}

export interface SessionRow {
  readonly id: string
  readonly subscriberId: string
  readonly partyId: string | null
  readonly name: string
  readonly locale: Locale | null
  readonly trusted: boolean
  readonly signedInBy: SignedInBy
  readonly lineId: string
  readonly contactPointId: string | null
  readonly lastSeenAt: Date
  readonly endsAt: Date
  readonly freshUntil: Date | null
}

const COLUMNS = sql`
  s.id, s.subscriber_id as "subscriberId", party.party_id as "partyId", p.name, p.locale, s.trusted,
  s.signed_in_by as "signedInBy", s.line_id as "lineId", s.contact_point_id as "contactPointId",
  s.last_seen_at as "lastSeenAt", s.ends_at as "endsAt", s.fresh_until as "freshUntil"`

const OPEN = (now: Date) => sql`s.idle_until > ${now} and s.ends_at > ${now} and p.erased_at is null`

const FROM = sql`
  my.session s join subscribers.subscriber p on p.id = s.subscriber_id
  left join subscribers.party_link party on party.subscriber_id = s.subscriber_id`

/** Who calls by a session, as every request asks. */
export interface CallerRow
  extends Pick<SessionRow, 'id' | 'subscriberId' | 'partyId' | 'name' | 'trusted' | 'freshUntil'> {
  readonly lastSeenAt: Date
  /** Where it ends if it is not used. */
  readonly until: Date
}

/**
 * Who calls by the hashes of tokens of open sessions, in the order given; one statement for all. How many they are is hidden from the
 * planner, as in `anyOf`. Nothing is read that not every request needs.
 */
export async function findCallersByTokens(
  db: Executor,
  hashes: readonly Buffer[],
  now: Date,
): Promise<(CallerRow | undefined)[]> {
  const found = await rows(
    db,
    sql<CallerRow & { place: number }>`
      select t.place::int, s.id, s.subscriber_id as "subscriberId", party.party_id as "partyId", p.name, s.trusted, s.fresh_until as "freshUntil",
        s.last_seen_at as "lastSeenAt", least(s.idle_until, s.ends_at) as until
      from unnest(array(select unnest(${[...hashes]}::bytea[]))) with ordinality as t(hash, place)
      join ${FROM} on s.token_hash = t.hash
      where ${OPEN(now)}`,
  )
  const callers: (CallerRow | undefined)[] = hashes.map(() => undefined)
  for (const caller of found) callers[caller.place - 1] = caller
  return callers
}

export function findSession(db: Executor, id: string, now: Date): Promise<SessionRow | undefined> {
  return maybeOne(db, sql<SessionRow>`select ${COLUMNS} from ${FROM} where s.id = ${id} and ${OPEN(now)}`)
}

/** Those of these sessions that are still open. */
export async function stillOpen(db: Executor, ids: readonly string[], now: Date): Promise<Set<string>> {
  const open = await rows(
    db,
    sql<{ id: string }>`
      select s.id from my.session s join subscribers.subscriber p on p.id = s.subscriber_id
      where s.id = any(${[...ids]}::uuid[]) and ${OPEN(now)}`,
  )
  return new Set(open.map(({ id }) => id))
}

/** The person is there: the session goes on. Written at most once since `before`. */
export async function touchSession(
  db: Executor,
  id: string,
  { now, before, idleUntil }: { readonly now: Date; readonly before: Date; readonly idleUntil: Date },
): Promise<void> {
  await rows(
    db,
    sql`update my.session set last_seen_at = ${now}, idle_until = ${idleUntil} where id = ${id} and last_seen_at < ${before}`,
  )
}

/** A fresh code was told. */
export async function setFresh(tx: Executor, id: string, until: Date): Promise<void> {
  await rows(tx, sql`update my.session set fresh_until = ${until} where id = ${id}`)
}

export interface DeviceRow {
  readonly id: string
  readonly name: string
  readonly trusted: boolean
  readonly signedInAt: Date
  readonly lastSeenAt: Date
}

/** Where somebody is signed in, the last seen first. */
export function sessionsOf(
  db: Executor,
  subscriberId: string,
  now: Date,
  most: number,
): Promise<DeviceRow[]> {
  return rows(
    db,
    sql<DeviceRow>`
      select id, device as name, trusted, signed_in_at as "signedInAt", last_seen_at as "lastSeenAt" from my.session
      where subscriber_id = ${subscriberId} and idle_until > ${now} and ends_at > ${now}
      order by last_seen_at desc limit ${most}`,
  )
}

/** Ends one session of a subscriber; false = there is none. */
export async function deleteSession(db: Executor, id: string, subscriberId: string): Promise<boolean> {
  const gone = await maybeOne(
    db,
    sql`delete from my.session where id = ${id} and subscriber_id = ${subscriberId} returning id`,
  )
  return gone !== undefined
}

/** Ends the session that a browser came with. */
export async function deleteSessionByToken(db: Executor, hash: Buffer): Promise<void> {
  await rows(db, sql`delete from my.session where token_hash = ${hash}`)
}

/** Ends all sessions of subscribers. Gives how many. */
export async function deleteSessionsOf(db: Executor, subscriberIds: readonly string[]): Promise<number> {
  const { gone } = await one(
    db,
    sql<{ gone: number }>`
      with gone as (delete from my.session where subscriber_id = any(${[...subscriberIds]}::uuid[]) returning 1)
      select count(*) as gone from gone`,
  )
  return gone
}

/** Ends the sessions that rest on a line, and the passes to it. */
export async function deleteSessionsOnLine(tx: Executor, lineId: string): Promise<void> {
  await rows(tx, sql`delete from my.session where line_id = ${lineId}`)
  await rows(tx, sql`delete from my.pass where line_id = ${lineId}`)
}

/** Ends the sessions and passes on a line of everybody but these. */
export async function deleteSessionsOfOthers(
  tx: Executor,
  lineId: string,
  subscriberIds: readonly string[],
): Promise<void> {
  const others = sql`line_id = ${lineId} and subscriber_id <> all(${[...subscriberIds]}::uuid[])`
  await rows(tx, sql`delete from my.session where ${others}`)
  await rows(tx, sql`delete from my.pass where ${others}`)
}

/** Forgets sessions that have ended, some at a time. Gives how many. */
export function deleteEndedSessions(db: Executor, now: Date, batches?: Batches): Promise<number> {
  const end = sql`least(idle_until, ends_at)`
  return forgetRows(db, { from: sql`my.session`, which: sql`${end} <= ${now}`, oldestBy: end }, batches)
}
