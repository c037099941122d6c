import type { Role } from '../../../contracts/staff.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'
import { forgetRows } from '../../platform/jobs/index.ts'

export type SignedInBy = 'password' | 'oidc'

export interface NewSession {
  readonly id: string
  readonly tokenHash: Buffer
  readonly memberId: string
  readonly signedInBy: SignedInBy
  readonly now: Date
  readonly expiresAt: Date
  readonly userAgent: string
  readonly address: string
}

export async function insertSession(db: Executor, session: NewSession): Promise<void> {
  const { id, tokenHash, memberId, signedInBy, now, expiresAt, userAgent, address } = session
  await rows(
    db,
    sql`insert into staff.session
        (id, token_hash, member_id, signed_in_by, started_at, last_seen_at, expires_at, user_agent, address)
      values (${id}, ${tokenHash}, ${memberId}, ${signedInBy}, ${now}, ${now}, ${expiresAt}, ${userAgent}, ${address})`,
  )
}

/** A session with what is asked of its member at each request. */
export interface SessionRow {
  readonly id: string
  readonly memberId: string
  readonly name: string
  readonly roles: Role[]
  readonly active: boolean
  readonly demo: boolean
  readonly totpConfirmedAt: Date | null
  readonly passwordDue: boolean
  readonly signedInBy: SignedInBy
  readonly lastSeenAt: Date
  readonly lockedAt: Date | null
}

const standing = sql`
  select s.id, s.member_id as "memberId", m.name, m.roles, m.active, m.demo, m.totp_confirmed_at as "totpConfirmedAt", m.password_due as "passwordDue",
    s.signed_in_by as "signedInBy", s.last_seen_at as "lastSeenAt", s.locked_at as "lockedAt"
  from staff.session s join staff.member m on m.id = s.member_id`

/** The session of a token unless it has expired; one round trip. */
export function findSessionByToken(
  db: Executor,
  tokenHash: Buffer,
  now: Date,
): Promise<SessionRow | undefined> {
  return maybeOne(
    db,
    sql<SessionRow>`${standing} where s.token_hash = ${tokenHash} and s.expires_at > ${now}`,
  )
}

/** Those of the given sessions that have not ended. */
export function findSessions(db: Executor, ids: readonly string[], now: Date): Promise<SessionRow[]> {
  return rows(db, sql<SessionRow>`${standing} where s.id = any(${ids}::uuid[]) and s.expires_at > ${now}`)
}

/** The person did something: keeps the session from locking and expiring. Written only if last seen before `before`. */
export async function touchSession(
  db: Executor,
  id: string,
  at: { now: Date; before: Date; expiresAt: Date },
): Promise<void> {
  await rows(
    db,
    sql`update staff.session set last_seen_at = ${at.now}, expires_at = ${at.expiresAt}
      where id = ${id} and last_seen_at < ${at.before} and locked_at is null`,
  )
}

export async function setLocked(db: Executor, id: string, now: Date): Promise<void> {
  await rows(db, sql`update staff.session set locked_at = ${now} where id = ${id} and locked_at is null`)
}

export async function setUnlocked(db: Executor, id: string, now: Date, expiresAt: Date): Promise<void> {
  await rows(
    db,
    sql`update staff.session set locked_at = null, last_seen_at = ${now}, expires_at = ${expiresAt} where id = ${id}`,
  )
}

export interface OwnSessionRow {
  readonly id: string
  readonly startedAt: Date
  readonly lastSeenAt: Date
  readonly userAgent: string
  readonly address: string
}

export function sessionsOfMember(db: Executor, memberId: string, now: Date): Promise<OwnSessionRow[]> {
  return rows(
    db,
    sql<OwnSessionRow>`
      select id, started_at as "startedAt", last_seen_at as "lastSeenAt", user_agent as "userAgent", address
      from staff.session where member_id = ${memberId} and expires_at > ${now} order by last_seen_at desc limit 100`,
  )
}

/** Ends a session: of this member, or anybody's where `memberId` is undefined. Gives whose it was, or undefined if there was none. */
export function deleteSession(
  db: Executor,
  id: string,
  memberId: string | undefined,
): Promise<{ memberId: string } | undefined> {
  const whose = memberId === undefined ? sql`true` : sql`member_id = ${memberId}`
  return maybeOne(
    db,
    sql<{ memberId: string }>`
      delete from staff.session where id = ${id} and ${whose} returning member_id as "memberId"`,
  )
}

/** Ends the session of a token, if there is one. */
export async function deleteSessionByToken(db: Executor, tokenHash: Buffer): Promise<void> {
  await rows(db, sql`delete from staff.session where token_hash = ${tokenHash}`)
}

/** Ends the sessions of a member, but for one. Gives how many. */
export async function deleteSessionsOf(
  db: Executor,
  memberId: string,
  except: string | null = null,
): Promise<number> {
  const ended = await rows(
    db,
    sql`delete from staff.session where member_id = ${memberId} and id is distinct from ${except}::uuid returning 1`,
  )
  return ended.length
}

/** Forgets sessions that expired. Gives how many. */
export const deleteExpiredSessions = (db: Executor, now: Date): Promise<number> =>
  forgetRows(db, {
    from: sql`staff.session`,
    which: sql`expires_at <= ${now}`,
    oldestBy: sql`expires_at`,
  })
