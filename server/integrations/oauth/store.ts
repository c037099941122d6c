import type { ServiceScope } from '../../../contracts/route.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Executor, maybeOne, rows, sql } from '../../platform/database/index.ts'
import { forgetRows } from '../../platform/jobs/index.ts'

export interface AccessTokenRow {
  readonly hash: Buffer
  readonly clientId: string
  readonly scopes: readonly ServiceScope[]
  readonly expiresAt: Date
}

export async function insertAccessToken(
  db: Executor,
  { hash, clientId, scopes, expiresAt }: AccessTokenRow,
): Promise<void> {
  await rows(
    db,
    sql`insert into integrations.access_token (hash, client_id, scopes, expires_at)
      values (${hash}, ${clientId}, ${[...scopes]}, ${expiresAt})`,
  )
}

export interface Bearer {
  readonly clientId: string
  readonly name: string
  readonly scopes: ServiceScope[]
}

/** Whose access token it is, if it and its service token are good now. */
export function findBearer(db: Executor, hash: Buffer, now: Date): Promise<Bearer | undefined> {
  return maybeOne(
    db,
    sql<Bearer>`
      select a.client_id as "clientId", c.name, a.scopes from integrations.access_token a
      join integrations.service_token c on c.id = a.client_id
      where a.hash = ${hash} and a.expires_at > ${now} and c.expires_at > ${now} and c.revoked_at is null`,
  )
}

/** Forgets access tokens that have ended. Gives how many. */
export function forgetAccessTokens(db: Executor, clock: Clock): Promise<number> {
  return forgetRows(db, {
    from: sql`integrations.access_token`,
    which: sql`expires_at <= ${clock.now()}`,
    oldestBy: sql`expires_at`,
  })
}
