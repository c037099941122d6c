import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Delivery, PhoneService } from '../control/service.ts'
import { createBucket } from '../core/bucket.ts'
import type { Context } from '../core/context.ts'
import { installFaults } from '../core/fault-hooks.ts'
import { MaxRefusal, refusals } from './errors.ts'
import { messageRoutes } from './messages.ts'
import { personActs } from './person/person-acts.ts'
import { createMaxState, dialogOf } from './state.ts'
import { subscriptionRoutes } from './subscriptions.ts'
import { createMaxUpdates } from './updates.ts'
import { mediaRoutes, uploadsRoute } from './uploads.ts'
import { viewOf } from './view.ts'
import { createMaxWebhook } from './webhook.ts'
import type { MaxUpdate } from './wire.ts'

/**
 * Stand-in of the MAX Bot API (OpenAPI 0.0.32) for one bot: base URL `/max`, header `Authorization: <token>`.
 * Invariants: an answer has the shape of the schema; an update is sent to every subscription or to the poll, never
 * to both; delivery is repeated and given up as documented. Groups and channels are not played. Text formatting is
 * kept as it was written.
 */
export interface MaxOptions {
  token: string
  name: string
  username: string
  /** Requests a second before 429; documented: 30. */
  requestsPerSecond: number
  /** Real milliseconds that a webhook may take; documented: 30,000. */
  webhookAnswerMs: number
}

export interface MaxService extends PhoneService {
  /** Every update so far, oldest first. */
  updates(): MaxUpdate[]
  deliveries: Delivery[]
  /** Sends an update to all subscriptions once more, now. Gives their HTTP statuses. */
  replay(update: unknown): Promise<number[]>
  /** True while this URL is subscribed. */
  isSubscribed(url: string): boolean
  register(app: FastifyInstance): Promise<void>
}

export function createMax(context: Context, options: MaxOptions): MaxService {
  const state = createMaxState(options.token, options.name, options.username)
  const webhook = createMaxWebhook(context, options.webhookAnswerMs)
  const updates = createMaxUpdates(state, webhook)
  const acts = personActs(context, state, updates)
  const bucket = createBucket(options.requestsPerSecond, context.timing.now)

  const api = async (scope: FastifyInstance): Promise<void> => {
    installFaults(scope, context.faults, {
      service: 'max',
      methodOf,
      refuse: (reply, status, retryAfterS) => {
        if (status === 429) reply.header('retry-after', String(retryAfterS))
        const body =
          status === 429
            ? { code: 'too.many.requests', message: 'Too many requests' }
            : { code: 'internal', message: 'Internal server error' }
        return reply.code(status).send(body)
      },
    })
    scope.addHook('onRequest', async (request) => {
      if (request.headers.authorization !== state.token) throw refusals.token()
      if (bucket.take() > 0) throw refusals.tooMany()
    })
    scope.get('/me', async () => ({
      ...state.bot,
      last_activity_time: context.timing.now(),
      description: null,
      commands: [],
    }))
    subscriptionRoutes(scope, context, webhook, updates)
    messageRoutes(scope, context, state)
    uploadsRoute(scope, context, state)
  }

  return {
    name: 'max',
    act: async (person, act) => ({ messageIds: acts(person, act) }),
    view: (person) => viewOf(context, dialogOf(state, person)),
    updates: () => state.updates.map((one) => one.update),
    deliveries: webhook.deliveries,
    replay: (update) => webhook.deliverOnce(update),
    isSubscribed: (url) => webhook.list().some((one) => one.url === url),
    register: async (app) => {
      await app.register(
        async (scope) => {
          await scope.register(multipart, {
            limits: { fileSize: 256 * 1024 * 1024, fieldSize: 16 * 1024 * 1024 },
          })
          scope.setErrorHandler(async (error, _request, reply) => {
            if (error instanceof MaxRefusal)
              return reply.code(error.status).send({ code: error.code, message: error.message })
            const status = statusOf(error)
            if (status >= 500) throw error
            return reply.code(status).send({ code: 'proto.payload', message: 'Invalid request' })
          })
          scope.setNotFoundHandler(async (_request, reply) =>
            reply.code(404).send({ code: 'not.found', message: 'Path not found' }),
          )
          await scope.register(api)
          await scope.register(async (open) => mediaRoutes(open, context, state))
        },
        { prefix: '/max' },
      )
    },
  }
}

/** `POST /messages`, `GET /messages/:id` …: the operation as faults name it. */
function methodOf(request: FastifyRequest): string {
  return `${request.method} ${(request.routeOptions.url ?? '').replace(/^\/max/, '')}`
}

const statusOf = (error: unknown): number =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : 500
