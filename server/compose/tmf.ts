import { recordExports } from '../care/audit/index.ts'
import type { LinesRoom } from '../care/lines/index.ts'
import type { Subscribers } from '../care/subscribers/index.ts'
import type { TimelineContext } from '../care/timeline/index.ts'
import { authenticateAccess } from '../integrations/oauth/index.ts'
import { findClientById } from '../integrations/tokens/index.ts'
import type { Registrations } from '../integrations/webhooks/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db } from '../platform/database/index.ts'
import type { TmfRoom } from '../tmf/index.ts'

/** The TM Forum APIs, with who may call them and where notifications go. */
export function composeTmf(deps: {
  readonly db: Db
  readonly clock: Clock
  readonly publicUrl: string
  readonly lines: LinesRoom
  readonly timeline: TimelineContext
  readonly people: Subscribers
  readonly registrations: Registrations
}): TmfRoom {
  return {
    ...deps,
    recordWalk: (db, { whose, what, ...walk }) =>
      recordExports(db, deps.clock, { ...walk, reason: what }, whose),
    authenticate: authenticateAccess(deps),
    findClient: async (id) => {
      const client = await findClientById(deps, id)
      return client && { kind: 'service', id, name: client.name, scopes: client.scopes }
    },
  }
}
