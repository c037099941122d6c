import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { staff } from '../../../contracts/staff.ts'
import type { Db } from '../../platform/database/index.ts'
import type { Authenticate, Handlers, Staff } from '../../platform/http/index.ts'
import { authenticateStaff, type SessionState, sessionStates, staffOfUpgrade } from './authenticate.ts'
import type { StaffDeps } from './deps.ts'
import { staffHandlers } from './http.ts'
import { addOidcRoutes } from './oidc/routes.ts'

/** What the composition root plugs in. */
export interface StaffRoom {
  /** For `serve`: knows staff by the session cookie. Put it after those that read a bearer token. */
  readonly authenticate: Authenticate
  /** For the WebSocket: the member whose browser asks for the upgrade, or undefined. */
  readonly staffOfUpgrade: (request: Pick<FastifyRequest, 'headers'>) => Promise<Staff | undefined>
  /** How sessions stand now, for open sockets. */
  readonly sessionStates: (sessionIds: readonly string[]) => Promise<Map<string, SessionState>>
  readonly handlers: Handlers<typeof staff>
  /** Adds the two browser routes of OIDC, if it is configured. */
  readonly addOidcRoutes: (app: FastifyInstance) => void
}

export function createStaff(deps: StaffDeps & { readonly db: Db }): StaffRoom {
  return {
    authenticate: authenticateStaff(deps),
    staffOfUpgrade: staffOfUpgrade(deps),
    sessionStates: (sessionIds) => sessionStates(deps, sessionIds),
    handlers: staffHandlers(deps),
    addOidcRoutes: (app) => addOidcRoutes(app, deps),
  }
}
