import type { FastifyInstance } from 'fastify'
import type { Context } from '../core/context.ts'
import { goneOf } from '../core/gone.ts'
import { webhookAllowed } from '../core/webhook-url.ts'
import { refusals } from './errors.ts'
import { read, subscription, updatesQuery, urlQuery } from './requests.ts'
import type { MaxUpdates } from './updates.ts'
import type { MaxWebhook } from './webhook.ts'

/** The ways to hear of updates: `/subscriptions` (webhook) and `/updates` (long polling), never both. */
export function subscriptionRoutes(
  scope: FastifyInstance,
  context: Context,
  webhook: MaxWebhook,
  updates: MaxUpdates,
): void {
  scope.get('/subscriptions', async () => ({
    subscriptions: webhook.list().map(({ url, time, update_types }) => ({ url, time, update_types })),
  }))

  scope.post('/subscriptions', async (request) => {
    const { url, update_types, secret } = read(subscription, request.body)
    if (!webhookAllowed(url)) throw refusals.payload('url: must start with https://')
    const time = context.timing.now()
    webhook.subscribe({ url, time, update_types: update_types ?? null, secret: secret ?? undefined })
    return { success: true }
  })

  scope.delete('/subscriptions', async (request) => {
    const { url } = read(urlQuery, request.query)
    return webhook.unsubscribe(url)
      ? { success: true }
      : { success: false, message: 'Subscription not found' }
  })

  scope.get('/updates', async (request, reply) => {
    if (webhook.list().length > 0) throw refusals.webhookActive()
    const query = read(updatesQuery, request.query)
    const from = query.marker ?? updates.unmarked()
    await updates.waitFor(from, query.timeout * 1000, goneOf(reply))
    const types = query.types ? new Set(query.types.split(',')) : undefined
    return updates.read(from, query.limit, types)
  })
}
