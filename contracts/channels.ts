import { z } from 'zod'
import { Done, Id, IdParam, Instant, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** Doors that exist in this version. */
export const ChannelKind = z
  .enum(['web-chat', 'max', 'telegram', 'email', 'sms', 'my'])
  .meta({ id: 'ChannelKind' })
export type ChannelKind = z.infer<typeof ChannelKind>

/** Those of which an administrator opens accounts; the app is there by itself. */
export const OpenableKind = ChannelKind.exclude(['my'])
export type OpenableKind = z.infer<typeof OpenableKind>

/**
 * What may be said through a channel account (41-FZ, Russia, since June 2025).
 * `invite-only`: a fixed text with links to other doors is the only thing that leaves. `no-personal-data`: neither files nor texts in
 * which something personal is told by its form (`personalDataIn`).
 */
export const ChannelPolicy = z.enum(['full', 'no-personal-data', 'invite-only']).meta({ id: 'ChannelPolicy' })
export type ChannelPolicy = z.infer<typeof ChannelPolicy>

/** What a door can carry outwards; the composer shows it, the server enforces it. */
export const Capabilities = z
  .object({
    textMax: z.number().int().nullable().describe('in `textUnit`; null = no limit'),
    textUnit: z.enum(['code-points', 'utf16', 'sms-segments']),
    captionMax: z.number().int().nullable().describe('text beside an attachment'),
    attachments: z.object({ max: z.number().int(), maxBytes: z.number().int() }).nullable(),
    edit: z.boolean(),
    buttons: z.object({ max: z.number().int(), payloadMaxBytes: z.number().int() }).nullable(),
    windowHours: z.number().nullable().describe('free text only this long after the person last wrote'),
    receipts: z.enum(['none', 'delivered', 'read']),
    typing: z.boolean(),
  })
  .meta({ id: 'Capabilities' })
export type Capabilities = z.infer<typeof Capabilities>

export const ChannelHealth = z
  .object({
    state: z.enum(['ok', 'degraded', 'down', 'unknown']),
    checkedAt: Instant.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'ChannelHealth' })

export const ChannelAccount = z
  .object({
    id: Id,
    kind: ChannelKind,
    name: z.string(),
    state: z.enum(['active', 'paused']),
    policy: ChannelPolicy,
    settings: z.record(z.string(), z.unknown()).describe('without secrets'),
    secrets: z.array(z.string()).describe('names of the secrets that are set; values never leave'),
    capabilities: Capabilities,
    health: ChannelHealth,
    webhookPath: z.string().nullable(),
  })
  .meta({ id: 'ChannelAccount' })
export type ChannelAccount = z.infer<typeof ChannelAccount>

const ChannelAccountChange = z.object({
  name: text(80).min(1).optional(),
  state: z.enum(['active', 'paused']).optional(),
  policy: ChannelPolicy.optional(),
  settings: z.record(z.string(), z.unknown()).optional(),
  secrets: z.record(z.string(), z.string().max(4000)).optional().describe('only those to be replaced'),
})

/** An inbound event that was accepted but could not be put on a timeline. */
export const UnfiledEvent = z
  .object({
    id: Id,
    channelAccountId: Id,
    channel: ChannelKind,
    channelName: z.string(),
    receivedAt: Instant,
    state: z.enum(['failed', 'set-aside']),
    reason: z.string(),
    attempts: z.number().int(),
    bytes: z.number().int(),
  })
  .meta({ id: 'UnfiledEvent' })

export const channels = {
  listChannelAccounts: {
    method: 'GET',
    path: '/api/v1/channel-accounts',
    summary: 'Doors: channel accounts with their health, policy and limits',
    access: ['staff', 'service:read'],
    idempotency: 'safe',
    response: z.array(ChannelAccount),
  },
  createChannelAccount: {
    method: 'POST',
    path: '/api/v1/channel-accounts',
    summary: 'Open a door',
    access: ['admin'],
    idempotency: 'key',
    body: ChannelAccountChange.extend({ kind: OpenableKind, name: text(80).min(1) }),
    response: ChannelAccount,
  },
  changeChannelAccount: {
    method: 'PATCH',
    path: '/api/v1/channel-accounts/:id',
    summary: 'Change a door: name, pause, policy, settings, secrets',
    access: ['admin'],
    idempotency: 'natural',
    params: IdParam,
    body: ChannelAccountChange,
    response: ChannelAccount,
    errors: ['not_found'],
  },
  checkChannelAccount: {
    method: 'POST',
    path: '/api/v1/channel-accounts/:id/check',
    summary: 'Try the door now and report its health',
    access: ['admin', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: ChannelHealth,
    errors: ['not_found'],
  },
  listUnfiledEvents: {
    method: 'GET',
    path: '/api/v1/unfiled-events',
    summary: 'Inbound events that could not be filed, with their reasons (newest first, at most 100)',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    response: z.object({
      items: z.array(UnfiledEvent),
      total: z.number().int().describe('counted up to 1000'),
    }),
  },
  replayUnfiledEvent: {
    method: 'POST',
    path: '/api/v1/unfiled-events/:id/replay',
    summary: 'Try again to file an event; what succeeds is stored late and marked late',
    access: ['supervisor', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    response: z.object({ filed: z.boolean(), reason: z.string().nullable() }),
    errors: ['not_found'],
  },
  discardUnfiledEvent: {
    method: 'POST',
    path: '/api/v1/unfiled-events/:id/discard',
    summary: 'Give an event up, with a reason (audited)',
    access: ['supervisor', 'admin'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ reason: text(400).min(3) }),
    response: Done,
    errors: ['not_found'],
  },
} as const satisfies Contract
