import { z } from 'zod'
import { ChannelKind } from './channels.ts'
import { Attachment, Button, OrderOnTimeline } from './entries.ts'
import { Line, LineRef } from './lines.ts'
import { MarketOnTimeline } from './market.ts'
import { AccessOffer } from './orders.ts'
import { Done, Id, IdParam, Instant, Locale, Seq, TimelineCursor, text } from './primitives.ts'
import type { Contract } from './route.ts'

/*
 * A browser may be signed in to My and at the desk at once. What both may ask (a line, an order) is asked by the subscriber when the request
 * says so: by a path under `/api/v1/my/`, by the header `x-otklik-app: my`, or by `as=my` in the query where no header can be sent.
 */

/** Sections of the app whose visits are counted: one row a subscriber, day and section, no click stream. */
export const MySection = z
  .enum(['home', 'services', 'tariff', 'finance', 'market', 'settings', 'help'])
  .meta({ id: 'MySection' })
export type MySection = z.infer<typeof MySection>

/** What one message written in the app may carry; the app says so before anything is sent. */
export const MESSAGE_LIMITS = { textMax: 8000, files: 10, fileBytes: 20 * 1024 * 1024 } as const

/** A device on which somebody is or was signed in. */
export const MyDevice = z
  .object({
    id: Id,
    name: z.string(),
    trusted: z.boolean().describe('signs in without a new code until it is removed'),
    current: z.boolean(),
    signedInAt: Instant,
    lastSeenAt: Instant,
  })
  .meta({ id: 'MyDevice' })

export const MySession = z
  .object({
    subscriberId: Id,
    name: z.string(),
    locale: Locale,
    lines: z.array(LineRef).describe('those of which the person is owner, user or trusted'),
    freshUntil: Instant.nullable().describe('until then money, blocking and call details need no new code'),
    csrf: z.string().optional(),
    operator: z.object({ name: z.string(), accent: z.string() }),
    chatLaneId: Id.nullable(),
  })
  .meta({ id: 'MySession' })
export type MySession = z.infer<typeof MySession>

const Code = z.string().regex(/^\d{6}$/)
const Device = z.object({ name: text(120).min(1), trust: z.boolean() })

/** One item of the person’s own story, on whatever door it happened: a message, or what was done to a line. Nothing internal. */
export const MyEntry = z
  .object({
    laneId: Id,
    seq: Seq,
    channel: ChannelKind.nullable().describe('null = on a line'),
    from: z.enum(['me', 'agent', 'assistant', 'system']),
    name: z.string().nullable(),
    text: z.string().nullable().describe('null = deleted, erased, or not a message'),
    edited: z.boolean(),
    attachments: z.array(Attachment),
    buttons: z.array(Button),
    order: OrderOnTimeline.nullable(),
    market: MarketOnTimeline.nullable(),
    at: Instant,
  })
  .meta({ id: 'MyEntry' })
export type MyEntry = z.infer<typeof MyEntry>

export const MyTimeline = z
  .object({
    entries: z.array(MyEntry),
    next: TimelineCursor.nullable(),
    laneSeqs: z.record(Id, z.number().int()),
  })
  .meta({ id: 'MyTimeline' })

export const my = {
  startSignIn: {
    method: 'POST',
    path: '/api/v1/my/sign-in/codes',
    summary:
      'Send a code by SMS to a number of ours, or to its confirmed e-mail; the answer is the same for every number',
    access: ['public'],
    idempotency: 'natural',
    body: z.object({
      msisdn: text(30).min(5),
      by: z.enum(['sms', 'email']).default('sms'),
      locale: Locale.default('ru'),
    }),
    response: z.object({ challengeId: Id, expiresAt: Instant, againAt: Instant }),
    errors: ['rate_limited', 'invalid_request', 'unavailable'],
  },
  signInToMy: {
    method: 'POST',
    path: '/api/v1/my/sign-in',
    summary: 'The code that came, or an agent’s one-time pass',
    access: ['public'],
    idempotency: 'natural',
    body: z.union([
      z.object({ challengeId: Id, code: Code, device: Device }),
      z.object({ pass: text(60).min(8), device: Device }),
    ]),
    response: MySession,
    errors: ['code_wrong', 'code_expired', 'rate_limited'],
  },
  getMySession: {
    method: 'GET',
    path: '/api/v1/my/session',
    summary: 'Who is signed in, with their lines',
    access: ['subscriber'],
    idempotency: 'safe',
    response: MySession,
  },
  changeMySession: {
    method: 'PATCH',
    path: '/api/v1/my/session',
    summary: 'Language and name',
    access: ['subscriber'],
    idempotency: 'natural',
    body: z.object({ locale: Locale.optional(), name: text(120).min(1).optional() }),
    response: MySession,
  },
  signOutOfMy: {
    method: 'DELETE',
    path: '/api/v1/my/session',
    summary: 'Sign out here, or everywhere',
    access: ['subscriber'],
    idempotency: 'natural',
    query: z.object({ everywhere: z.enum(['yes', 'no']).default('no') }),
    response: Done,
  },
  listMyDevices: {
    method: 'GET',
    path: '/api/v1/my/devices',
    summary: 'Where somebody is signed in as me (at most 100)',
    access: ['subscriber'],
    idempotency: 'safe',
    response: z.array(MyDevice),
  },
  removeMyDevice: {
    method: 'DELETE',
    path: '/api/v1/my/devices/:id',
    summary: 'Sign a device out; it needs a new code',
    access: ['subscriber'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found'],
  },
  sendFreshCode: {
    method: 'POST',
    path: '/api/v1/my/fresh-code',
    summary: 'A code before money, blocking or call details',
    access: ['subscriber'],
    idempotency: 'natural',
    response: z.object({ challengeId: Id, expiresAt: Instant, againAt: Instant, masked: z.string() }),
    errors: ['rate_limited', 'unavailable'],
  },
  confirmFreshCode: {
    method: 'PUT',
    path: '/api/v1/my/fresh-code',
    summary: 'The code: for some minutes nothing asks for it again',
    access: ['subscriber'],
    idempotency: 'natural',
    body: z.object({ challengeId: Id, code: Code }),
    response: z.object({ freshUntil: Instant }),
    errors: ['code_wrong', 'code_expired', 'rate_limited'],
  },
  issueMyPass: {
    method: 'POST',
    path: '/api/v1/contact-points/:id/my-pass',
    summary:
      'A one-time pass to My for a person whose SIM is lost; valid 15 minutes, told by the agent, audited',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ reason: text(400).min(10) }),
    response: z.object({ pass: z.string(), expiresAt: Instant }),
    errors: ['not_found', 'need_to_know', 'forbidden', 'rate_limited'],
  },
  withdrawMyPass: {
    method: 'DELETE',
    path: '/api/v1/contact-points/:id/my-pass',
    summary: 'End a pass that was told and not used: it was told to the wrong person, or is not needed',
    access: ['agent', 'supervisor'],
    idempotency: 'natural',
    params: IdParam,
    response: Done,
    errors: ['not_found', 'need_to_know'],
  },
  getMyHome: {
    method: 'GET',
    path: '/api/v1/my/home',
    summary: 'The first screen: a line at a glance. Without `line`: the person’s first line',
    access: ['subscriber'],
    idempotency: 'safe',
    query: z.object({ line: Id.optional() }),
    response: Line,
    errors: ['not_found', 'unavailable'],
  },
  recordVisit: {
    method: 'PUT',
    path: '/api/v1/my/visits/:section',
    summary: 'A section was opened today',
    access: ['subscriber'],
    idempotency: 'natural',
    params: z.object({ section: MySection }),
    response: Done,
  },
  readMyTimeline: {
    method: 'GET',
    path: '/api/v1/my/timeline',
    summary: 'The whole story with the operator on every door, newest page first; nothing internal',
    access: ['subscriber'],
    idempotency: 'safe',
    query: z.object({
      before: TimelineCursor.optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: MyTimeline,
  },
  sendMyMessage: {
    method: 'POST',
    path: '/api/v1/my/messages',
    summary: 'Write to the operator; the id is made by the app, a repeat stores once',
    access: ['subscriber'],
    idempotency: 'natural',
    body: z.object({
      id: Id,
      text: text(MESSAGE_LIMITS.textMax).default(''),
      attachmentIds: z.array(Id).max(MESSAGE_LIMITS.files).default([]),
      choice: z.string().max(64).optional().describe('payload of the button that was pressed to say this'),
      writtenAt: Instant.optional(),
    }),
    response: z.object({ laneId: Id, seq: Seq.nullable().describe('null = a repeat'), at: Instant }),
    errors: ['rate_limited', 'not_found'],
  },
  uploadMyAttachment: {
    method: 'POST',
    path: '/api/v1/my/attachments',
    summary: 'Upload one file (multipart, field `file`)',
    access: ['subscriber'],
    idempotency: 'natural',
    response: Attachment,
    raw: 'upload',
    errors: ['attachment_too_large', 'attachment_not_allowed', 'rate_limited'],
  },
  downloadMyAttachment: {
    method: 'GET',
    path: '/api/v1/my/attachments/:id',
    summary: 'A file of one’s own story',
    access: ['subscriber'],
    idempotency: 'safe',
    params: IdParam,
    response: z.unknown(),
    raw: 'download',
    errors: ['not_found', 'erased'],
  },
  markMyTimelineRead: {
    method: 'POST',
    path: '/api/v1/my/read',
    summary: 'Everything in the app’s chat up to a seq was seen',
    access: ['subscriber'],
    idempotency: 'natural',
    body: z.object({ laneId: Id, seq: Seq }),
    response: Done,
    errors: ['not_found'],
  },
  askRefund: {
    method: 'POST',
    path: '/api/v1/my/refund-requests',
    summary: 'Ask for the money of a paid subscription back: a conversation with the facts attached',
    access: ['subscriber'],
    idempotency: 'natural',
    body: z.object({
      id: Id.optional().describe('made by the app: a repeat asks once'),
      lineId: Id,
      connectedId: Id,
      words: text(2000).default(''),
    }),
    response: z.object({ conversationNumber: z.number().int().nullable() }),
    errors: ['not_found', 'rate_limited'],
  },
  listAccessOffers: {
    method: 'GET',
    path: '/api/v1/my/access-offers',
    summary: 'Lines that others want to let me see, and that wait for my word',
    access: ['subscriber'],
    idempotency: 'safe',
    response: z.array(AccessOffer),
    errors: ['unavailable'],
  },
  answerAccessOffer: {
    method: 'PUT',
    path: '/api/v1/my/access-offers/:id/answer',
    summary:
      'Agree to see the line, or decline; only whoever has the number that was asked. A repeat changes nothing',
    access: ['subscriber'],
    idempotency: 'natural',
    params: IdParam,
    body: z.object({ accept: z.boolean() }),
    response: Done,
    errors: ['not_found', 'order_refused', 'unavailable'],
  },
  exportMyData: {
    method: 'GET',
    path: '/api/v1/my/export',
    summary: 'Everything that is kept of me, as one JSON file',
    access: ['subscriber'],
    idempotency: 'safe',
    response: z.unknown(),
    raw: 'download',
    errors: ['fresh_code_required', 'rate_limited'],
  },
  deleteMyAccount: {
    method: 'POST',
    path: '/api/v1/my/account/deletion',
    summary: 'Delete the app’s account: devices, sign-ins, visits, push. The line and the contract stay',
    access: ['subscriber'],
    idempotency: 'natural',
    body: z.object({ confirm: z.literal(true) }),
    response: Done,
    errors: ['fresh_code_required'],
  },
  savePushSubscription: {
    method: 'PUT',
    path: '/api/v1/my/push',
    summary: 'Where to knock when something happened; the knock carries no content',
    access: ['subscriber'],
    idempotency: 'natural',
    body: z
      .object({
        endpoint: z.url().max(1000),
        keys: z.object({ p256dh: text(200).min(20), auth: text(100).min(8) }),
      })
      .nullable()
      .describe('null = no more on this device'),
    response: Done,
    errors: ['private_address'],
  },
  getPushKey: {
    method: 'GET',
    path: '/api/v1/my/push-key',
    summary: 'The public VAPID key',
    access: ['subscriber'],
    idempotency: 'safe',
    response: z.object({ key: z.string() }),
  },
} as const satisfies Contract
