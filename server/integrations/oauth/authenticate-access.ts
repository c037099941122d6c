import type { FastifyRequest } from 'fastify'
import type { Clock } from '../../platform/clock.ts'
import type { Db } from '../../platform/database/index.ts'
import type { Service } from '../../platform/http/index.ts'
import { ACCESS_TOKEN_PREFIX, hashOfAccessToken } from './access-token.ts'
import { findBearer } from './store.ts'

const BEARER = /^Bearer +(\S+)$/i

/** Knows another system by its access token (RFC 6750). One that ended, or whose client was revoked, is nobody's. */
export function authenticateAccess({ db, clock }: { readonly db: Db; readonly clock: Clock }) {
  return async ({ headers }: FastifyRequest): Promise<Service | undefined> => {
    const value = BEARER.exec(headers.authorization ?? '')?.[1]
    if (!value?.startsWith(ACCESS_TOKEN_PREFIX)) return undefined
    const bearer = await findBearer(db, hashOfAccessToken(value), clock.now())
    return bearer && { kind: 'service', id: bearer.clientId, name: bearer.name, scopes: bearer.scopes }
  }
}
