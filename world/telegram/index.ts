import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { Delivery, PhoneService } from '../control/service.ts'
import { createBucket } from '../core/bucket.ts'
import type { Context } from '../core/context.ts'
import { changeMethods } from './change.ts'
import { telegramRoutes } from './http.ts'
import { personActs } from './person/person-acts.ts'
import { receiveMethods } from './receive.ts'
import { sendMethods } from './send.ts'
import { createTelegramState, privateChat } from './state.ts'
import { createTelegramUpdates } from './updates.ts'
import { viewOf } from './view.ts'
import { createTelegramWebhook } from './webhook.ts'
import type { TgUpdate } from './wire.ts'

/**
 * Stand-in of the Telegram Bot API 10.1 for one bot and private chats: `/telegram/bot<token>/METHOD`, files under
 * `/telegram/file/bot<token>/`. Invariants: one queue of updates, taken by webhook or by getUpdates; the updates of a
 * chat leave in their order; errors have the real shape and wording. Groups, formatting entities and sending by URL are
 * not played.
 */
export interface TelegramOptions {
  token: string
  name: string
  username: string
  /** Requests a second before 429. */
  requestsPerSecond: number
  /** Real milliseconds that a webhook may take. */
  webhookAnswerMs: number
}

export interface TelegramService extends PhoneService {
  /** Every update so far, oldest first. */
  updates(): TgUpdate[]
  deliveries: Delivery[]
  /** Sends an update to the webhook once more, now. Gives the HTTP status, in a list for likeness with MAX. */
  replay(update: unknown): Promise<number[]>
  register(app: FastifyInstance): Promise<void>
}

export function createTelegram(context: Context, options: TelegramOptions): TelegramService {
  const state = createTelegramState(options.token, options.name, options.username)
  const updates = createTelegramUpdates(state, context.timing)
  const webhook = createTelegramWebhook(context, state, updates, options.webhookAnswerMs)
  const acts = personActs(context, state, updates)
  const bucket = createBucket(options.requestsPerSecond, context.timing.now)
  const methods = {
    ...receiveMethods(state, updates, webhook),
    ...sendMethods(context, state),
    ...changeMethods(context, state),
  }
  return {
    name: 'telegram',
    act: async (person, act) => ({ messageIds: acts(person, act) }),
    view: (person) => viewOf(context, privateChat(state, person)),
    updates: () => state.log,
    deliveries: webhook.deliveries,
    replay: (update) => webhook.deliverOnce(update),
    register: async (app) => {
      await app.register(
        async (scope) => {
          await scope.register(multipart, { limits: { fileSize: 60 * 1024 * 1024, fieldSize: 1024 * 1024 } })
          telegramRoutes(scope, context, state, methods, bucket)
        },
        { prefix: '/telegram' },
      )
    },
  }
}
