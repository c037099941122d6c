import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ErrorCode, Problem } from '../../../contracts/problems.ts'
import { databaseProblem } from '../database/index.ts'
import { Refusal } from '../refusal.ts'

/** The one table from codes to HTTP statuses. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  malformed_json: 400,
  payload_too_large: 413,
  not_found: 404,
  unauthenticated: 401,
  wrong_credentials: 401,
  second_factor_required: 401,
  wrong_second_factor: 401,
  second_factor_unenrolled: 403,
  password_due: 403,
  session_locked: 423,
  forbidden: 403,
  origin_not_allowed: 403,
  rate_limited: 429,
  idempotency_key_reused: 409,
  conflict: 409,
  already_claimed: 409,
  capacity_exceeded: 409,
  need_to_know: 403,
  reveal_cap_reached: 429,
  conversation_resolved: 409,
  channel_paused: 409,
  channel_unreachable: 409,
  channel_policy: 409,
  personal_data: 422,
  channel_unsupported: 409,
  reply_window_closed: 409,
  text_too_long: 422,
  too_many_attachments: 422,
  attachment_too_large: 413,
  attachment_not_allowed: 415,
  not_undoable: 409,
  not_retryable: 409,
  code_wrong: 403,
  code_expired: 410,
  link_conflict: 409,
  private_address: 422,
  unavailable: 503,
  database_unavailable: 503,
  webhook_unauthentic: 401,
  insufficient_balance: 409,
  order_refused: 409,
  market_refused: 409,
  fresh_code_required: 403,
  erased: 410,
}

const FROM_FASTIFY: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'malformed_json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_json',
  FST_REQ_FILE_TOO_LARGE: 'attachment_too_large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'invalid_request',
}

const AWAY_RETRY_MS = 2000

/** The refusal that a failure is; undefined = it is a defect. */
export function asRefusal(error: FastifyError | Refusal): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (hasZodFastifySchemaValidationErrors(error)) {
    // The rejected values stay out of the answer: they may be personal.
    const issues = error.validation.map((issue) => ({ at: issue.instancePath, says: issue.message }))
    return new Refusal('invalid_request', { in: error.validationContext, issues })
  }
  const code = FROM_FASTIFY[error.code ?? '']
  if (code) return new Refusal(code)
  const problem = databaseProblem(error)
  if (problem) return new Refusal('database_unavailable', { problem, retryAfterMs: AWAY_RETRY_MS })
  return undefined
}

/** The problem document of a refusal, and its status. */
export function problemOf(refusal: Refusal, traceId: string): Problem {
  const { code, facts } = refusal
  return { type: `/problems/${code}`, title: code, status: STATUS[code], code, traceId, facts: { ...facts } }
}

/** Turns whatever was thrown into an answer; the only place that does. Defects are logged here, once. */
export function answerFailure(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply) {
  const refusal = asRefusal(error)
  if (!refusal) {
    request.log.error({ err: error }, 'defect')
    const problem: Problem = {
      type: 'about:blank',
      title: 'internal',
      status: 500,
      code: 'internal',
      traceId: request.id,
    }
    return reply.code(500).type('application/problem+json').send(JSON.stringify(problem))
  }
  const problem = problemOf(refusal, request.id)
  request.log.info({ code: refusal.code, operation: request.routeOptions.url }, 'refused')
  const { retryAfterMs } = refusal.facts
  if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000))
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}
