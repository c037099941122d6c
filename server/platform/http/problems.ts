import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import type { ErrorCode, Problem } from '../../../contracts/problems.ts'
import { databaseProblem } from '../database/index.ts'
import { Refusal } from '../refusal.ts'
import { PROBLEM_KINDS } from './problem-kinds.ts'

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
  return {
    type: `/problems/${code}`,
    title: code,
    status: PROBLEM_KINDS[code].status,
    code,
    traceId,
    facts: { ...facts },
  }
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
