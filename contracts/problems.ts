import { z } from 'zod'

/**
 * Every way in which Otklik says no. What each means, its status and its facts: `server/platform/http/problem-kinds.ts`; the text for people:
 * `web/shared/problems/`.
 */
export const ErrorCode = z.enum([
  'invalid_request',
  'malformed_json',
  'payload_too_large',
  'not_found',
  'unauthenticated',
  'wrong_credentials',
  'second_factor_required',
  'wrong_second_factor',
  'second_factor_unenrolled',
  'password_due',
  'session_locked',
  'forbidden',
  'origin_not_allowed',
  'rate_limited',
  'idempotency_key_reused',
  'told_once',
  'conflict',
  'already_claimed',
  'capacity_exceeded',
  'need_to_know',
  'reveal_cap_reached',
  'conversation_resolved',
  'channel_paused',
  'channel_unreachable',
  'channel_policy',
  'personal_data',
  'channel_unsupported',
  'reply_window_closed',
  'text_too_long',
  'too_many_attachments',
  'attachment_too_large',
  'attachment_not_allowed',
  'not_undoable',
  'not_retryable',
  'code_wrong',
  'code_expired',
  'link_conflict',
  'private_address',
  'unavailable',
  'database_unavailable',
  'webhook_unauthentic',
  'insufficient_balance',
  'order_refused',
  'market_refused',
  'fresh_code_required',
  'erased',
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
