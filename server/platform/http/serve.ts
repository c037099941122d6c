import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { z } from 'zod'
import { Problem } from '../../../contracts/problems.ts'
import type { Access, Contract, Route } from '../../../contracts/route.ts'
import type { Clock } from '../clock.ts'
import { type Db, type Executor, inTransaction } from '../database/index.ts'
import { requireAccess } from './access.ts'
import {
  type Actor,
  type Authenticate,
  actorKey,
  type Service,
  type Staff,
  type Subscriber,
  type Visitor,
} from './actor.ts'
import { Written } from './answers.ts'
import { digestOf, onceByKey } from './idempotency.ts'
import { addUploads } from './upload.ts'

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
type ActorOf<A extends Access> = A extends 'public'
  ? Actor
  : A extends 'visitor'
    ? Visitor
    : A extends 'subscriber'
      ? Subscriber
      : A extends `service:${string}`
        ? Service
        : Staff

/** What a handler is given. */
export interface Call<R extends Route> {
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
  readonly actor: ActorOf<R['access'][number]>
  /** A transaction for `key` and `once` writes (the key is stored in it), the pool otherwise. */
  readonly db: Executor
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** What a handler gives. An answer that is kept for repeats (`key`) is kept as a value: it cannot be written already. */
type Answer<R extends Route> = R['raw'] extends 'download'
  ? unknown
  : z.input<R['response']> | (R['idempotency'] extends 'key' ? never : Written<z.output<R['response']>>)

/** One handler an operation: a missing or extra one does not compile. */
export type Handlers<T extends Contract> = {
  [K in keyof T]: (call: Call<T[K]>) => Promise<Answer<T[K]>>
}

export interface ServeOptions {
  readonly db: Db
  readonly clock: Clock
  readonly authenticate: Authenticate
}

const CALLER = Symbol('caller')
declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, from the hook that settles it to the handler. On the request itself: a weak table beside it is work for the garbage collector. */
    [CALLER]?: Actor | undefined
  }
}

/** Adds the operations of a contract to the app: access → validation → (transaction, idempotency) → handler. */
export function serve<const T extends Contract>(
  app: FastifyInstance,
  options: ServeOptions,
  contract: T,
  handlers: Handlers<T>,
): void {
  if (!app.hasRequestDecorator(CALLER)) app.decorateRequest(CALLER, undefined)
  for (const operation of Object.keys(contract)) {
    const route: Route | undefined = contract[operation]
    // The table and its handlers have the same keys by type; one cast here keeps casts out of every module.
    const handle = handlers[operation] as unknown as Handle
    if (route && handle) addRoute(app, options, operation, route, handle)
  }
}

type Handle = (call: {
  params: unknown
  query: unknown
  body: unknown
  actor: Actor
  db: Executor
  request: FastifyRequest
  reply: FastifyReply
}) => Promise<unknown>

function addRoute(
  app: FastifyInstance,
  options: ServeOptions,
  operation: string,
  route: Route,
  handle: Handle,
): void {
  const settings: RouteOptions = {
    method: route.method,
    url: route.path,
    schema: schemaOf(operation, route),
    // Before the body is read: nobody unknown makes us parse megabytes.
    onRequest: async (request, reply) => {
      const actor = (await options.authenticate(request)) ?? { kind: 'anonymous' }
      requireAccess(operation, route, actor)
      if (actor.kind === 'subscriber' && !actor.trusted) reply.header('cache-control', 'no-store')
      request[CALLER] = actor
    },
    handler: async (request, reply) => {
      const actor = request[CALLER] ?? { kind: 'anonymous' }
      const { params, query, body } = request
      const run = (db: Executor) => handle({ params, query, body, actor, db, request, reply })
      const { idempotency } = route
      if (idempotency !== 'key' && idempotency !== 'once') return sent(await run(options.db), reply)
      return inTransaction(options.db, (tx) => {
        const key = request.headers['idempotency-key']
        if (typeof key !== 'string' || key === '') return run(tx)
        const digest = digestOf({ params, body })
        return onceByKey(
          tx,
          options.clock,
          {
            actor: actorKey(actor, request),
            operation,
            key: key.slice(0, 200),
            digest,
            isKept: idempotency === 'key',
          },
          () => run(tx),
        )
      })
    },
  }
  if (route.raw !== 'upload') app.route(settings)
  else
    void app.register(async (scope) => {
      await addUploads(scope)
      scope.route(settings)
    })
}

/** What was written already is sent as it is; all else is left to the route's schema. */
function sent(answer: unknown, reply: FastifyReply): unknown {
  if (!(answer instanceof Written)) return answer
  reply.type('application/json; charset=utf-8')
  return answer.bytes
}

function schemaOf(operation: string, route: Route) {
  const shared = {
    operationId: operation,
    summary: route.summary,
    tags: [route.path.split('/')[3] ?? 'other'],
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    ...(route.raw === 'upload' && { consumes: ['multipart/form-data'] }),
    security: securityOf(route.access),
    'x-access': route.access,
    'x-idempotency': route.idempotency,
    ...(route.raw && { 'x-raw': route.raw }),
  }
  const success = route.raw === 'download' ? {} : { 200: route.response }
  return {
    ...shared,
    response: {
      ...success,
      default: Problem.describe(`Refusals: ${['invalid_request', ...(route.errors ?? [])].join(', ')}`),
    },
  }
}

function securityOf(access: readonly Access[]): Record<string, never[]>[] {
  if (access.includes('public')) return []
  const schemes = new Set(
    access.map((one) =>
      one === 'visitor' || one === 'subscriber' ? one : one.startsWith('service:') ? 'service' : 'session',
    ),
  )
  return [...schemes].map((scheme) => ({ [scheme]: [] }))
}
