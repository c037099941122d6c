import { z } from 'zod'
import { Done, Id, IdParam, Instant, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

export const Scope = z
  .enum(['read', 'write', 'privacy', 'usage', 'numbers', 'payments', 'everyone'])
  .meta({ id: 'Scope' })

export const ServiceToken = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(Scope),
    prefix: z.string().describe('the first characters, to recognise it'),
    createdAt: Instant,
    createdBy: z.string(),
    expiresAt: Instant,
    lastUsedAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'ServiceToken' })

/** What outgoing webhooks tell. Names are in the past tense; payloads hold ids, texts only with `withBodies`. */
export const WebhookEvent = z
  .enum([
    'message.received',
    'message.sent',
    'message.failed',
    'conversation.opened',
    'conversation.assigned',
    'conversation.resolved',
    'conversation.reopened',
    'contact-point.linked',
    'contact-point.unlinked',
    'order.changed',
    'payment.changed',
  ])
  .meta({ id: 'WebhookEvent' })
export type WebhookEvent = z.infer<typeof WebhookEvent>

export const Webhook = z
  .object({
    id: Id,
    url: z.url(),
    events: z.array(WebhookEvent),
    active: z.boolean(),
    withBodies: z.boolean(),
    createdAt: Instant,
    failing: z.boolean(),
  })
  .meta({ id: 'Webhook' })

export const WebhookDelivery = z
  .object({
    id: Id,
    webhookId: Id,
    event: WebhookEvent,
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.number().int(),
    status: z.number().int().nullable(),
    reason: z.string().nullable(),
    createdAt: Instant,
    nextAttemptAt: Instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' })

const WebhookBody = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  events: z.array(WebhookEvent).min(1),
  withBodies: z.boolean().default(false),
})

export const integrations = {
  listServiceTokens: {
    method: 'GET',
    path: '/api/v1/service-tokens',
    summary: 'Service tokens (at most 500, newest first)',
    access: ['admin'],
    idempotency: 'safe',
    response: z.array(ServiceToken),
  },
  createServiceToken: {
    method: 'POST',
    path: '/api/v1/service-tokens',
    summary: 'A new token; its value is shown this once',
    access: ['admin'],
    idempotency: 'once',
    body: z.object({
      name: text(80).min(1),
      scopes: z.array(Scope).min(1),
      days: z.number().int().min(1).max(366),
    }),
    response: z.object({ token: z.string(), info: ServiceToken }),
    errors: ['told_once'],
  },
  revokeServiceToken: {
    method: 'DELETE',
    path: '/api/v1/service-tokens/:id',
    summary: 'End a token',
    access: ['admin'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
  listWebhooks: {
    method: 'GET',
    path: '/api/v1/webhooks',
    summary: 'Outgoing webhooks',
    access: ['admin'],
    idempotency: 'safe',
    response: z.array(Webhook),
  },
  createWebhook: {
    method: 'POST',
    path: '/api/v1/webhooks',
    summary: 'Tell another system; the signing secret is shown this once',
    access: ['admin'],
    idempotency: 'once',
    body: WebhookBody,
    response: z.object({ webhook: Webhook, secret: z.string() }),
    errors: ['private_address', 'told_once'],
  },
  changeWebhook: {
    method: 'PATCH',
    path: '/api/v1/webhooks/:id',
    summary: 'Change or pause a webhook',
    access: ['admin'],
    idempotency: 'natural',
    params: IdParam,
    body: WebhookBody.partial().extend({
      active: z.boolean().optional(),
      // Without the default: what is not named stays as it is.
      withBodies: z.boolean().optional(),
    }),
    response: Webhook,
    errors: ['not_found', 'private_address'],
  },
  deleteWebhook: {
    method: 'DELETE',
    path: '/api/v1/webhooks/:id',
    summary: 'Remove a webhook with its log',
    access: ['admin'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
  listWebhookDeliveries: {
    method: 'GET',
    path: '/api/v1/webhooks/:id/deliveries',
    summary: 'The delivery log, newest first',
    access: ['admin'],
    idempotency: 'safe',
    params: IdParam,
    query: PageQuery,
    response: pageOf(WebhookDelivery),
    errors: ['not_found'],
  },
  redeliverWebhook: {
    method: 'POST',
    path: '/api/v1/webhook-deliveries/:id/redeliver',
    summary: 'Send once more now',
    access: ['admin'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
} as const satisfies Contract
