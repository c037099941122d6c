import { z } from 'zod'

/** Every way in which Otklik says no. The text for people stands in `web/shared/problems/` under the same code. */
export const ErrorCode = z.enum([
  'invalid_request', // the request does not fit its schema; `issues` says where
  'malformed_json',
  'payload_too_large',
  'not_found',
  'unauthenticated', // no session, or it ended
  'wrong_credentials',
  'second_factor_required', // right password; the code from the authenticator is still missing
  'wrong_second_factor',
  'second_factor_unenrolled', // the role demands one: enrol first
  'password_due', // signed in with a password that somebody gave: choose another first
  'session_locked', // idle lock: unlock with the password
  'forbidden', // signed in, but the role does not allow it
  'origin_not_allowed', // cross-site request, or a widget on a site that is not on the list
  'rate_limited', // `retryAfterMs`
  'idempotency_key_reused', // same key, another body
  'conflict', // the thing changed since it was read; `current` has its version
  'already_claimed', // somebody else was first; `assignee` says who
  'capacity_exceeded', // the agent has as many conversations as allowed
  'need_to_know', // not a person of a current or recent conversation: break the glass with a reason
  'reveal_cap_reached', // too many reveals today
  'conversation_resolved', // reopen it first
  'channel_paused',
  'channel_unreachable', // the person blocked or left this door; facts say since when
  'channel_policy', // 41-FZ: this channel carries only the invitation to others
  'personal_data', // this channel carries nothing personal; `found` names the kinds of what has to go
  'channel_unsupported', // the door cannot carry this kind of content
  'reply_window_closed', // the channel's window for free text ended; `closedAt`
  'text_too_long', // `max` and `length`, in the unit the channel counts
  'too_many_attachments',
  'attachment_too_large', // `maxBytes`
  'attachment_not_allowed', // media type judged from the bytes
  'not_undoable', // it has left already
  'not_retryable',
  'code_wrong', // `attemptsLeft`
  'code_expired',
  'link_conflict', // the contact point is linked to somebody else now
  'private_address', // an outgoing URL that leads into a private network
  'unavailable', // something we need is away; `retryAfterMs`
  'database_unavailable',
  'webhook_unauthentic', // wrong or missing secret
  'insufficient_balance', // money or volume would fall below what the account allows
  'order_refused', // it cannot be done to this line now; `conflicts` says why
  'market_refused', // it cannot be sold or bought now; `obstacles` say why, `lots` how the lots stand now
  'fresh_code_required', // money, blocking, call details: a code not older than some minutes
  'erased', // the body was destroyed by erasure or retention
])
export type ErrorCode = z.infer<typeof ErrorCode>

/** RFC 9457 problem document: the body of every answer that is not a success. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.union([ErrorCode, z.literal('internal')]),
    detail: z.string().optional(),
    traceId: z.string(),
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
