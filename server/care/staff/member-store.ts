import type { Role } from '../../../contracts/staff.ts'
import { type Executor, maybeOne, one, rows, sql } from '../../platform/database/index.ts'

export interface MemberRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: Role[]
  readonly locale: 'ru' | 'en'
  readonly passwordHash: string | null
  /** Others have seen the password: another is to be chosen. */
  readonly passwordDue: boolean
  readonly totpSecret: Buffer | null
  readonly totpConfirmedAt: Date | null
  readonly oidcSubject: string | null
  readonly demo: boolean
  readonly active: boolean
  readonly capacity: number
  readonly presence: 'online' | 'away' | 'offline'
  readonly presenceAt: Date | null
}

const columns = sql`
  id, email, name, roles, locale, password_hash as "passwordHash", password_due as "passwordDue", totp_secret as "totpSecret",
  totp_confirmed_at as "totpConfirmedAt", oidc_subject as "oidcSubject", demo, active, capacity, presence,
  presence_at as "presenceAt"`

export function findMember(db: Executor, id: string): Promise<MemberRow | undefined> {
  return maybeOne(db, sql<MemberRow>`select ${columns} from staff.member where id = ${id}`)
}

export function findMemberByEmail(db: Executor, email: string): Promise<MemberRow | undefined> {
  return maybeOne(
    db,
    sql<MemberRow>`select ${columns} from staff.member where lower(email) = lower(${email})`,
  )
}

export function findMemberBySubject(db: Executor, subject: string): Promise<MemberRow | undefined> {
  return maybeOne(db, sql<MemberRow>`select ${columns} from staff.member where oidc_subject = ${subject}`)
}

/** The staff by name; a staff is hundreds, not thousands. */
export function allMembers(db: Executor): Promise<MemberRow[]> {
  return rows(
    db,
    sql<MemberRow>`select ${columns} from staff.member order by name collate "und-x-icu", id limit 2000`,
  )
}

/** Locks the row, so that what is decided from it still holds when it is written. */
export function lockMember(db: Executor, id: string): Promise<MemberRow | undefined> {
  return maybeOne(db, sql<MemberRow>`select ${columns} from staff.member where id = ${id} for update`)
}

/** Locks all admins who can sign in, so that two changes at once cannot remove the last two. */
export function lockAdmins(db: Executor): Promise<{ id: string }[]> {
  return rows(
    db,
    sql<{ id: string }>`
      select id from staff.member where active and 'admin' = any(roles) order by id for update`,
  )
}

export interface NewMember {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly passwordHash: string
  readonly passwordDue: boolean
  readonly demo: boolean
  readonly capacity?: number | undefined
  readonly createdAt: Date
}

/** The new row, or undefined if the e-mail is taken. */
export function insertMember(db: Executor, member: NewMember): Promise<MemberRow | undefined> {
  const { id, email, name, roles, passwordHash, passwordDue, demo, capacity, createdAt } = member
  return maybeOne(
    db,
    sql<MemberRow>`
      insert into staff.member (id, email, name, roles, password_hash, password_due, demo, capacity, created_at)
      values (${id}, ${email}, ${name}, ${roles}, ${passwordHash}, ${passwordDue}, ${demo}, coalesce(${capacity ?? null}::int, 30), ${createdAt})
      on conflict do nothing returning ${columns}`,
  )
}

export interface MemberChange {
  readonly name?: string | undefined
  readonly roles?: readonly Role[] | undefined
  readonly capacity?: number | undefined
  readonly active?: boolean | undefined
  readonly locale?: 'ru' | 'en' | undefined
}

/** Writes what is given and leaves the rest. */
export function updateMember(db: Executor, id: string, change: MemberChange): Promise<MemberRow> {
  const { name, roles, capacity, active, locale } = change
  return one(
    db,
    sql<MemberRow>`
      update staff.member set
        name = coalesce(${name ?? null}::text, name),
        roles = coalesce(${roles ?? null}::text[], roles),
        capacity = coalesce(${capacity ?? null}::int, capacity),
        active = coalesce(${active ?? null}::boolean, active),
        locale = coalesce(${locale ?? null}::text, locale)
      where id = ${id} returning ${columns}`,
  )
}

/** Of another password. `due`: its owner did not choose it, and is to choose one. */
export async function setPasswordHash(
  db: Executor,
  id: string,
  { passwordHash, due }: { readonly passwordHash: string; readonly due: boolean },
): Promise<void> {
  await rows(
    db,
    sql`update staff.member set password_hash = ${passwordHash}, password_due = ${due} where id = ${id}`,
  )
}

export async function setPresence(
  db: Executor,
  id: string,
  presence: 'online' | 'away' | 'offline',
  now: Date,
): Promise<void> {
  await rows(db, sql`update staff.member set presence = ${presence}, presence_at = ${now} where id = ${id}`)
}

/** Keeps a presence alive; written only if the last beat is older than `before`. */
export async function beatPresence(db: Executor, id: string, now: Date, before: Date): Promise<void> {
  await rows(
    db,
    sql`update staff.member
      set presence = case when presence = 'offline' then 'online' else presence end, presence_at = ${now}
      where id = ${id} and (presence = 'offline' or presence_at is null or presence_at < ${before})`,
  )
}

/** A secret that is not confirmed yet. False if the member has a confirmed one. */
export async function setUnconfirmedSecret(db: Executor, id: string, sealed: Buffer): Promise<boolean> {
  const changed = await rows(
    db,
    sql`update staff.member set totp_secret = ${sealed}, totp_last_step = null
      where id = ${id} and totp_confirmed_at is null returning 1`,
  )
  return changed.length === 1
}

/** Uses a code up. False if it, or a later one, was used before: one statement decides between rivals. */
export async function spendStep(db: Executor, id: string, step: number): Promise<boolean> {
  const used = await rows(
    db,
    sql`update staff.member set totp_last_step = ${step}
      where id = ${id} and (totp_last_step is null or totp_last_step < ${step}) returning 1`,
  )
  return used.length === 1
}

export async function confirmSecret(db: Executor, id: string, now: Date): Promise<void> {
  await rows(
    db,
    sql`update staff.member set totp_confirmed_at = ${now} where id = ${id} and totp_confirmed_at is null`,
  )
}

export async function forgetSecret(db: Executor, id: string): Promise<void> {
  await rows(
    db,
    sql`update staff.member set totp_secret = null, totp_confirmed_at = null, totp_last_step = null where id = ${id}`,
  )
}

/** Binds the provider's subject to a member who has none. False if the member has one already. */
export async function bindSubject(db: Executor, id: string, subject: string): Promise<boolean> {
  const bound = await rows(
    db,
    sql`update staff.member set oidc_subject = ${subject} where id = ${id} and oidc_subject is null returning 1`,
  )
  return bound.length === 1
}

/** Whether anybody could give others their rights; demo accounts do not count, for they are shut outside a demo. */
export async function hasAdmin(db: Executor): Promise<boolean> {
  const admin = await maybeOne(
    db,
    sql`select 1 from staff.member where active and not demo and 'admin' = any(roles) limit 1`,
  )
  return admin !== undefined
}

/** Names of members, also of those who left; for whoever shows ids. */
export async function namesOfMembers(db: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows(
    db,
    sql<{ id: string; name: string }>`select id, name from staff.member where id = any(${ids}::uuid[])`,
  )
  return new Map(found.map(({ id, name }) => [id, name]))
}

export function sealedSecrets(db: Executor): Promise<{ id: string; sealed: Buffer }[]> {
  return rows(
    db,
    sql<{ id: string; sealed: Buffer }>`
      select id, totp_secret as sealed from staff.member where totp_secret is not null order by id`,
  )
}

/** Replaces a sealed secret unless it has changed since it was read. */
export async function swapSecret(db: Executor, id: string, old: Buffer, fresh: Buffer): Promise<boolean> {
  const swapped = await rows(
    db,
    sql`update staff.member set totp_secret = ${fresh} where id = ${id} and totp_secret = ${old} returning 1`,
  )
  return swapped.length === 1
}
