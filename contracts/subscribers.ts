import { z } from 'zod'
import { ChannelKind } from './channels.ts'
import { Done, Id, IdParam, Instant, Locale, text } from './primitives.ts'
import type { Contract } from './route.ts'

/**
 * How sure we are that a contact point is who it says: 0 unknown, 1 claimed, 2 vouched by the channel,
 * 3 proved by code or token, 4 signed in or a trusted trunk. 0–1 hear nothing personal.
 */
export const Trust = z.number().int().min(0).max(4)

export const ProofKind = z
  .enum(['sms-code', 'shared-contact', 'deep-link', 'dmarc', 'agent', 'sign-in'])
  .meta({ id: 'ProofKind' })
export type ProofKind = z.infer<typeof ProofKind>

export const ContactPoint = z
  .object({
    id: Id.describe('also the id of its lane'),
    channelAccountId: Id,
    channel: ChannelKind,
    channelName: z.string(),
    address: z.string().describe('masked until revealed'),
    masked: z.boolean(),
    displayName: z.string().nullable(),
    trust: Trust,
    reachable: z.boolean(),
    unreachableSince: Instant.nullable(),
    firstSeenAt: Instant,
    proofs: z.array(
      z.object({ kind: ProofKind, level: Trust, provedAt: Instant, expiresAt: Instant.nullable() }),
    ),
    link: z
      .object({
        id: Id,
        validFrom: Instant,
        validTo: Instant.nullable(),
        madeBy: z.string(),
        reason: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'ContactPoint' })
export type ContactPoint = z.infer<typeof ContactPoint>

/** The card beside a conversation. A person who is nobody's subscriber yet has `id: null`. */
export const SubscriberCard = z
  .object({
    id: Id.nullable(),
    name: z.string(),
    locale: Locale.nullable(),
    timeZone: z.string().nullable(),
    note: z.string().nullable(),
    since: Instant,
    contactPoints: z.array(ContactPoint),
    formerContactPoints: z.array(ContactPoint),
    suggestions: z.array(
      z.object({
        id: Id,
        contactPointId: Id,
        subscriberId: Id.nullable(),
        name: z.string(),
        channel: ChannelKind,
        likeness: z.array(z.enum(['same-number', 'same-address', 'same-name', 'same-username'])),
        score: z.number(),
      }),
    ),
  })
  .meta({ id: 'SubscriberCard' })
export type SubscriberCard = z.infer<typeof SubscriberCard>

const Reason = text(400).min(3)

export const subscribers = {
  getCardOfContactPoint: {
    method: 'GET',
    path: '/api/v1/contact-points/:id/card',
    summary: 'Who stands behind a contact point: their doors, proofs, links, likenesses',
    access: ['agent', 'supervisor', 'service:read'],
    idempotency: 'safe',
    params: IdParam,
    response: SubscriberCard,
    errors: ['not_found', 'need_to_know'],
  },
  findPersons: {
    method: 'GET',
    path: '/api/v1/subscribers/find',
    summary: 'Find a person by an exact identifier: a number, an address, a conversation’s number',
    access: ['agent', 'supervisor', 'admin'],
    idempotency: 'safe',
    query: z.object({ exact: text(200).min(1) }),
    response: z.array(
      z.object({
        subscriberId: Id.nullable(),
        contactPointId: Id,
        name: z.string(),
        channel: ChannelKind,
        address: z.string(),
        conversationId: Id.nullable().describe('the newest one'),
      }),
    ),
    errors: ['rate_limited'],
  },
  changeSubscriber: {
    method: 'PATCH',
    path: '/api/v1/subscribers/:id',
    summary: 'Name, language, time zone, note',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({
      name: text(200).min(1).optional(),
      locale: Locale.nullable().optional(),
      timeZone: z.string().max(60).nullable().optional(),
      note: text(2000).nullable().optional(),
    }),
    response: Done,
    errors: ['not_found', 'need_to_know'],
  },
  revealAddress: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/reveal',
    summary: 'See a masked number or address, with a reason; audited and capped',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ reason: Reason }),
    response: z.object({ address: z.string(), hideAfterMs: z.number().int(), leftToday: z.number().int() }),
    errors: ['not_found', 'need_to_know', 'reveal_cap_reached'],
  },
  linkContactPoint: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/link',
    summary: 'This contact point is that person (or the person of that contact point); dated and reversible',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({ toContactPointId: Id, reason: Reason }),
    response: SubscriberCard,
    errors: ['not_found', 'need_to_know', 'link_conflict'],
  },
  unlinkContactPoint: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/unlink',
    summary: 'It was a mistake (never theirs), or it is theirs no longer (from now on); nothing is rewritten',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'key',
    params: IdParam,
    body: z.object({ reason: Reason, mistake: z.boolean() }),
    response: SubscriberCard,
    errors: ['not_found', 'need_to_know', 'link_conflict'],
  },
  dismissSuggestion: {
    method: 'POST',
    path: '/api/v1/link-suggestions/:id/dismiss',
    summary: 'Not the same person; it is not suggested again',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
  startProof: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/proof',
    summary: 'Send a code by SMS to a number that the person claims; they tell it through the contact point',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ msisdn: text(30).min(5) }),
    response: z.object({ proofId: Id, expiresAt: Instant, masked: z.string() }),
    errors: ['not_found', 'need_to_know', 'rate_limited', 'unavailable', 'invalid_request'],
  },
  confirmProof: {
    method: 'PUT',
    path: '/api/v1/contact-points/:id/proof',
    summary: 'The code that the person told: proves the contact point and links it to the number’s person',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ proofId: Id, code: z.string().max(12) }),
    response: SubscriberCard,
    errors: ['not_found', 'need_to_know', 'code_wrong', 'code_expired', 'rate_limited'],
  },
  makeStartLink: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/start-links',
    summary: 'A one-time deep link by which the person opens another door and is recognised there',
    access: ['agent', 'supervisor', 'service:write'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ channelAccountId: Id }),
    response: z.object({ url: z.string(), expiresAt: Instant }),
    errors: ['not_found', 'need_to_know', 'channel_unsupported'],
  },
} as const satisfies Contract
