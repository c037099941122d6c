import type { FastifyRequest } from 'fastify'
import type { LinesRoom } from '../care/lines/index.ts'
import type { Subscribers } from '../care/subscribers/index.ts'
import type { TimelineContext } from '../care/timeline/index.ts'
import type { Registrations } from '../integrations/webhooks/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Db, Executor } from '../platform/database/index.ts'
import type { Service } from '../platform/http/index.ts'
import type { Whose } from './core/whose.ts'

/** Whose registration a notification goes to. */
export type FindClient = (clientId: string) => Promise<Service | undefined>

/** What this room works with; made once, in the composition root. */
export interface TmfRoom {
  readonly db: Db
  readonly clock: Clock
  /** Without a slash at the end. */
  readonly publicUrl: string
  /** Lines as other systems look at them: need to know, audit, and the operator's edge behind them. */
  readonly lines: LinesRoom
  /** Records that things of many people were taken: one row each, in one statement. */
  readonly recordWalk: (
    db: Executor,
    walk: {
      readonly actor: Service
      readonly whose: readonly Whose[]
      readonly what: string
      readonly address: string
    },
  ) => Promise<void>
  /** The hall, for what other systems bring to it. */
  readonly timeline: TimelineContext
  readonly people: Subscribers
  /** Receivers that register themselves, and what is sent to them. */
  readonly registrations: Registrations
  readonly findClient: FindClient
  /** Who calls, by an access token; undefined = nobody known. */
  readonly authenticate: (request: FastifyRequest) => Promise<Service | undefined>
}
