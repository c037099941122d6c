import type { FastifyRequest } from 'fastify'
import type { ServiceScope, StaffRole } from '../../../contracts/route.ts'

/** Who calls. Settled before a handler runs; domains receive it and decide by their policies. */
export type Actor = Anonymous | Visitor | Subscriber | Staff | Service

export interface Anonymous {
  readonly kind: 'anonymous'
}

/** A visitor of a site's chat, known by an opaque token. */
export interface Visitor {
  readonly kind: 'visitor'
  readonly id: string
  readonly contactPointId: string
  readonly channelAccountId: string
}

/** Somebody signed in to My. */
export interface Subscriber {
  readonly kind: 'subscriber'
  /** The subscriber's id. */
  readonly id: string
  readonly name: string
  readonly sessionId: string
  /** The operator's own name of the person; null = it has none any more. */
  readonly partyId: string | null
  /** Until then a code need not be asked for before money, blocking and call details; null = never was. */
  readonly freshUntil: Date | null
  /** The device is theirs. Another one, which others use too, keeps nothing of what it was shown. */
  readonly trusted: boolean
}

export interface Staff {
  readonly kind: 'agent'
  readonly id: string
  readonly name: string
  readonly roles: readonly StaffRole[]
  readonly sessionId: string
  readonly locked: boolean
  /** Must enrol a second factor before anything else. */
  readonly secondFactorDue: boolean
  /** Must choose another password before anything else: this one was given. */
  readonly passwordDue: boolean
}

/** Another system, by a service token. */
export interface Service {
  readonly kind: 'service'
  readonly id: string
  readonly name: string
  readonly scopes: readonly ServiceScope[]
}

/** Finds out who calls from the request's cookie or bearer token; `undefined` = this one does not know the caller. */
export type Authenticate = (request: FastifyRequest) => Promise<Actor | undefined>

/** A stable name of the caller for idempotency keys and rate limits. */
export function actorKey(actor: Actor, request: FastifyRequest): string {
  return actor.kind === 'anonymous' ? `anonymous:${request.ip}` : `${actor.kind}:${actor.id}`
}
