import type { ServiceScope } from '../../../contracts/route.ts'
import type { Clock } from '../../platform/clock.ts'
import { type Db, inTransaction } from '../../platform/database/index.ts'
import { findClient } from '../tokens/index.ts'
import { newAccessToken } from './access-token.ts'
import type { ClientCredentials } from './client-credentials.ts'
import { OAuthError } from './oauth-error.ts'
import { insertAccessToken } from './store.ts'

const LIFE_MS = 600_000

export interface IssuedToken {
  readonly accessToken: string
  readonly expiresInS: number
  readonly scopes: readonly ServiceScope[]
}

/**
 * Gives a client an access token for ten minutes.
 * @param scope what was asked for, separated by spaces; null = all that the client has
 * Refuses with `invalid_client` (unknown, ended, revoked, wrong secret), `invalid_scope`.
 */
export async function issueAccessToken(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  { clientId, secret }: ClientCredentials,
  scope: string | null,
): Promise<IssuedToken> {
  const client = await findClient({ db, clock }, { clientId, secret })
  if (!client) throw new OAuthError('invalid_client', 'unknown client or wrong secret')
  const scopes = scopesOf(scope, client.scopes)
  const { value, hash } = newAccessToken()
  const expiresAt = new Date(clock.now().getTime() + LIFE_MS)
  await inTransaction(db, (tx) => insertAccessToken(tx, { hash, clientId: client.id, scopes, expiresAt }))
  return { accessToken: value, expiresInS: LIFE_MS / 1000, scopes }
}

function scopesOf(asked: string | null, allowed: readonly ServiceScope[]): readonly ServiceScope[] {
  if (asked === null) return allowed
  const names = new Set(asked.split(' ').filter((name) => name !== ''))
  const scopes = allowed.filter((scope) => names.has(scope))
  if (names.size === 0 || scopes.length < names.size)
    throw new OAuthError('invalid_scope', 'the client does not have these scopes')
  return scopes
}
