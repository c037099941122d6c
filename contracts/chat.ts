import { z } from 'zod'
import { Attachment, Button } from './entries.ts'
import { Done, Id, IdParam, Instant, Locale, Seq, text } from './primitives.ts'
import type { Contract } from './route.ts'

/** How the widget looks and speaks on one site; the operator's words and colours. */
export const ChatConfig = z
  .object({
    accountId: Id,
    operator: z.string(),
    accent: z.string(),
    radius: z.number(),
    locale: Locale,
    greeting: z.record(Locale, z.string()),
    quickReplies: z.record(Locale, z.array(z.string())),
    textMax: z.number().int(),
    attachmentMaxBytes: z.number().int(),
    attachmentsMax: z.number().int(),
  })
  .meta({ id: 'ChatConfig' })
export type ChatConfig = z.infer<typeof ChatConfig>

/** A message as the visitor sees it: their own lane only, no notes, no marks. */
export const ChatMessage = z
  .object({
    seq: Seq,
    id: Id.nullable().describe('the id that the visitor’s widget gave its own message'),
    from: z.enum(['visitor', 'agent', 'assistant', 'system']),
    name: z.string().nullable(),
    text: z.string().nullable().describe('null = deleted or erased'),
    edited: z.boolean(),
    attachments: z.array(Attachment),
    buttons: z.array(Button),
    at: Instant,
  })
  .meta({ id: 'ChatMessage' })
export type ChatMessage = z.infer<typeof ChatMessage>

/** What the visitor's lane holds after a seq. Edits arrive as the message again, under its old seq. */
export const ChatPage = z
  .object({
    messages: z.array(ChatMessage),
    lastSeq: z.number().int().describe('resume from here'),
    readByVisitor: z.number().int(),
    readByAgent: z.number().int(),
    more: z.boolean(),
  })
  .meta({ id: 'ChatPage' })
export type ChatPage = z.infer<typeof ChatPage>

export const chat = {
  getChatConfig: {
    method: 'GET',
    path: '/api/v1/chat/config',
    summary: 'Look and words of the widget for a web-chat account; only from its allowed sites',
    access: ['public'],
    idempotency: 'safe',
    query: z.object({ account: Id }),
    response: ChatConfig,
    errors: ['not_found', 'origin_not_allowed', 'channel_paused'],
  },
  startVisitor: {
    method: 'POST',
    path: '/api/v1/chat/visitors',
    summary: 'A new visitor: an opaque token bound to the site; nothing is asked',
    access: ['public'],
    idempotency: 'natural',
    body: z.object({ account: Id, locale: Locale.optional(), page: z.string().max(2000).optional() }),
    response: z.object({ visitorId: Id, token: z.string() }),
    errors: ['not_found', 'origin_not_allowed', 'rate_limited', 'channel_paused'],
  },
  readChat: {
    method: 'GET',
    path: '/api/v1/chat/messages',
    summary: 'The visitor’s own lane from a seq on (long-poll fallback with `waitMs`)',
    access: ['visitor'],
    idempotency: 'safe',
    query: z.object({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(100),
      waitMs: z.coerce.number().int().min(0).max(25_000).default(0),
    }),
    response: ChatPage,
  },
  sendChatMessage: {
    method: 'POST',
    path: '/api/v1/chat/messages',
    summary:
      'The visitor writes; the id is made by the widget, so that a repeat after a lost answer stores once',
    access: ['visitor'],
    idempotency: 'natural',
    body: z.object({
      id: Id,
      text: text(8000).default(''),
      attachmentIds: z.array(Id).max(10).default([]),
      choice: z.string().max(64).optional(),
      writtenAt: Instant.optional().describe('when the person pressed send, if it waited in the widget'),
    }),
    response: z.object({ seq: Seq.nullable().describe('null = a repeat'), at: Instant }),
    errors: ['rate_limited', 'channel_paused', 'not_found'],
  },
  uploadChatAttachment: {
    method: 'POST',
    path: '/api/v1/chat/attachments',
    summary: 'Upload one file (multipart, field `file`)',
    access: ['visitor'],
    idempotency: 'natural',
    response: Attachment,
    raw: 'upload',
    errors: ['attachment_too_large', 'attachment_not_allowed', 'rate_limited'],
  },
  downloadChatAttachment: {
    method: 'GET',
    path: '/api/v1/chat/attachments/:id',
    summary: 'A file of the visitor’s own lane',
    access: ['visitor'],
    idempotency: 'safe',
    params: IdParam,
    response: z.unknown(),
    raw: 'download',
    errors: ['not_found', 'erased'],
  },
  markChatRead: {
    method: 'POST',
    path: '/api/v1/chat/read',
    summary: 'The visitor has seen everything up to a seq',
    access: ['visitor'],
    idempotency: 'natural',
    body: z.object({ seq: Seq }),
    response: Done,
  },
} as const satisfies Contract
