import type pg from 'pg'
import { type CapDeps, recordAccess, recordCapped, recordChange, recordOpen } from '../care/audit/index.ts'
import { LINE_LIMITS, type LinesRoom } from '../care/lines/index.ts'
import { normaliseMsisdn, type Subscribers } from '../care/subscribers/index.ts'
import { requireNeedToKnowPerson } from '../care/timeline/index.ts'
import type { OperatorEdge } from '../operator/edge/index.ts'
import type { Clock } from '../platform/clock.ts'
import { createSharedLimits } from '../platform/shared-limits.ts'

/** Lines as people look at them, with what surrounds them: need to know, audit, limits. */
export function composeLines(deps: {
  readonly pool: pg.Pool
  readonly clock: Clock
  readonly edge: OperatorEdge
  readonly caps: CapDeps
  readonly people: Subscribers
}): LinesRoom {
  const { pool, clock, edge, caps, people } = deps
  return {
    clock,
    edge,
    requireNeedToKnow: (db, actor, windows) => requireNeedToKnowPerson(db, actor, windows, clock.now()),
    recordLook: async (db, { contactPointId, ...look }) => {
      if (contactPointId === undefined) return recordAccess(db, clock, { ...look, act: 'open' })
      return recordOpen(db, clock, { ...look, contactPointId })
    },
    recordExport: (db, { subscriberId, what, address }) =>
      recordAccess(db, clock, {
        actor: { kind: 'system', name: 'My' },
        act: 'export',
        subscriberId,
        reason: what,
        address,
      }),
    recordReveal: (db, look) => recordCapped(db, caps, { ...look, act: 'reveal' }),
    recordChange: (tx, { by, ...change }) =>
      recordChange(tx, clock, { actor: { kind: 'agent', ...by }, ...change }),
    subscribers: people,
    limits: createSharedLimits(pool, LINE_LIMITS),
    normalise: (msisdn) => normaliseMsisdn(msisdn, people.country),
  }
}
