import { z } from 'zod'
import { Id, IdParam, Instant, PageQuery, pageOf, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** Record of a destruction, as 152-FZ asks for: what, how much, why, by whom, when. Holds no personal data itself. */
export const ErasureReport = z
  .object({
    id: Id,
    requestedAt: Instant,
    finishedAt: Instant.nullable(),
    requestedBy: z.string(),
    reason: z.string(),
    counts: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'ErasureReport' })

const RetentionDays = z.number().int().min(1).max(3660)

export const RetentionRule = z
  .object({
    what: z.enum([
      'bodies',
      'raw-events',
      'attachments',
      'webhook-log',
      'search',
      'access-log',
      'drafts',
      'usage',
    ]),
    days: RetentionDays,
  })
  .meta({ id: 'RetentionRule' })

export const RetentionChange = RetentionRule.extend({
  was: RetentionDays.optional().describe('as it was read; absent: whatever it is'),
}).meta({ id: 'RetentionChange' })

export const AccessRecord = z
  .object({
    id: Id,
    at: Instant,
    agentId: Id.nullable(),
    agentName: z.string(),
    act: z.string().describe('open, reveal, search, break-glass, export, download …'),
    subscriberId: Id.nullable(),
    contactPointId: Id.nullable(),
    conversationId: Id.nullable(),
    reason: z.string().nullable(),
    address: z.string(),
  })
  .meta({ id: 'AccessRecord' })

export const ChangeRecord = z
  .object({
    id: Id,
    at: Instant,
    actor: z.string(),
    act: z.string(),
    subject: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  })
  .meta({ id: 'ChangeRecord' })
export type ChangeRecord = z.infer<typeof ChangeRecord>

const Period = PageQuery.extend({ from: Instant.optional(), to: Instant.optional() })

export const privacy = {
  exportPerson: {
    method: 'GET',
    path: '/api/v1/contact-points/:id/export',
    summary: 'Everything that is kept about the person of a contact point (JSON); audited',
    access: ['admin', 'service:privacy'],
    idempotency: 'safe',
    params: IdParam,
    response: z.unknown(),
    raw: 'download',
    errors: ['not_found'],
  },
  erasePerson: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/erase',
    summary:
      'Destroy bodies, files, raw events, addresses of the person; the skeleton stays for counting. Cannot be undone',
    access: ['admin', 'service:privacy'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({ reason: text(400).min(3) }),
    response: ErasureReport,
    errors: ['not_found'],
  },
  listErasures: {
    method: 'GET',
    path: '/api/v1/erasures',
    summary: 'Reports of destructions, newest first',
    access: ['admin', 'service:privacy'],
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(ErasureReport),
  },
  getRetention: {
    method: 'GET',
    path: '/api/v1/retention',
    summary: 'How long things are kept',
    access: ['admin'],
    idempotency: 'safe',
    response: z.array(RetentionRule),
  },
  setRetention: {
    method: 'PUT',
    path: '/api/v1/retention',
    summary:
      'Change how long things are kept (audited); those not named stay. Refused as `conflict` (`current`: what is in force) if one is not any more as it was read',
    access: ['admin'],
    idempotency: 'natural',
    body: z.array(RetentionChange).max(20),
    response: z.array(RetentionRule),
  },
  listAccesses: {
    method: 'GET',
    path: '/api/v1/audit/accesses',
    summary: 'Who looked at whom: all accesses of one agent, or to one person, in a period',
    access: ['supervisor', 'admin'],
    idempotency: 'safe',
    query: Period.extend({ agentId: Id.optional(), contactPointId: Id.optional() }),
    response: pageOf(AccessRecord),
  },
  listChanges: {
    method: 'GET',
    path: '/api/v1/audit/changes',
    summary: 'Every change of settings, staff, doors, rules',
    access: ['admin'],
    idempotency: 'safe',
    query: Period,
    response: pageOf(ChangeRecord),
  },
} as const satisfies Contract
