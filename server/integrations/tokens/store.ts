import type { ServiceScope } from '../../../contracts/route.ts'
import { type Executor, maybeOne, one, rows, sql } from '../../platform/database/index.ts'

export interface TokenRow {
  readonly id: string
  readonly name: string
  readonly scopes: ServiceScope[]
  readonly prefix: string
  readonly createdAt: Date
  readonly createdBy: string
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

const columns = sql`
  id, name, scopes, prefix, created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt"`

export type NewToken = Omit<TokenRow, 'lastUsedAt' | 'revokedAt'> & { readonly hash: Buffer }

export function insertToken(db: Executor, token: NewToken): Promise<TokenRow> {
  const { id, name, scopes, prefix, hash, createdAt, createdBy, expiresAt } = token
  return one(
    db,
    sql<TokenRow>`
      insert into integrations.service_token (id, name, token_hash, prefix, scopes, created_at, created_by, expires_at)
      values (${id}, ${name}, ${hash}, ${prefix}, ${scopes}, ${createdAt}, ${createdBy}, ${expiresAt})
      returning ${columns}`,
  )
}

/** Newest first, at most 500. */
export function selectTokens(db: Executor): Promise<TokenRow[]> {
  return rows(db, sql<TokenRow>`select ${columns} from integrations.service_token order by id desc limit 500`)
}

/** A token that is good now. */
export function findLiveToken(db: Executor, hash: Buffer, now: Date): Promise<TokenRow | undefined> {
  return maybeOne(
    db,
    sql<TokenRow>`
      select ${columns} from integrations.service_token
      where token_hash = ${hash} and expires_at > ${now} and revoked_at is null`,
  )
}

/** A token that is good now, by its id. */
export function findLiveTokenById(db: Executor, id: string, now: Date): Promise<TokenRow | undefined> {
  return maybeOne(
    db,
    sql<TokenRow>`
      select ${columns} from integrations.service_token
      where id = ${id} and expires_at > ${now} and revoked_at is null`,
  )
}

/** Writes the use down unless one was written since `before`. */
export async function touchToken(db: Executor, id: string, now: Date, before: Date): Promise<void> {
  await rows(
    db,
    sql`update integrations.service_token set last_used_at = ${now}
      where id = ${id} and (last_used_at is null or last_used_at <= ${before})`,
  )
}

/** Ends a token; the row if there is one, with the time when it was first revoked. */
export function setRevoked(db: Executor, id: string, now: Date): Promise<TokenRow | undefined> {
  return maybeOne(
    db,
    sql<TokenRow>`
      update integrations.service_token set revoked_at = coalesce(revoked_at, ${now}) where id = ${id}
      returning ${columns}`,
  )
}
