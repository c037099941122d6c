import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/index.ts'
import type { Authenticate } from '../../platform/http/index.ts'
import { findLiveToken, type TokenRow, touchToken } from './store.ts'
import { hashOfValue, TOKEN_PREFIX } from './token-value.ts'

const TOUCH_MS = 60_000
const BEARER = /^Bearer +(\S+)$/i

/** Knows another system by `Authorization: Bearer otk_…` (RFC 6750). An expired, revoked or unknown token is nobody. */
export function authenticateService({ db, clock }: { readonly db: Db; readonly clock: Clock }): Authenticate {
  return async (request) => {
    const value = BEARER.exec(request.headers.authorization ?? '')?.[1]
    if (!value?.startsWith(TOKEN_PREFIX)) return undefined
    const now = clock.now()
    const token = await findLiveToken(db, hashOfValue(value), now)
    if (!token) return undefined
    await touchIfDue(db, token, now)
    return { kind: 'service', id: token.id, name: token.name, scopes: token.scopes }
  }
}

/** Writes the use of a token down, at most once a minute. */
export async function touchIfDue(db: Db, { id, lastUsedAt }: TokenRow, now: Date): Promise<void> {
  const before = new Date(now.getTime() - TOUCH_MS)
  if (lastUsedAt === null || lastUsedAt <= before) await touchToken(db, id, now, before)
}
