import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { asRefusal, problemOf } from '../../platform/http/index.ts'
import type { Refusal } from '../../platform/refusal.ts'

/** The body of every failure (TMF630). The facts of a refusal stand in `message`. */
export interface TmfError {
  readonly '@type': 'Error'
  readonly code: string
  readonly reason: string
  readonly message?: string
  readonly status: string
}

export function tmfError(
  status: number,
  code: string,
  facts: Readonly<Record<string, unknown>> = {},
): TmfError {
  const message = Object.keys(facts).length > 0 ? JSON.stringify(facts) : undefined
  const reason = code.replaceAll('_', ' ')
  return { '@type': 'Error', code, reason, ...(message && { message }), status: String(status) }
}

/** Turns whatever was thrown into TM Forum's error. Defects are logged here, once. */
export function answerTmfFailure(
  error: FastifyError | Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const refusal = asRefusal(error)
  if (!refusal) {
    request.log.error({ err: error }, 'defect')
    return reply.code(500).send(tmfError(500, 'internal', { traceId: request.id }))
  }
  const { code, facts } = refusal
  const { status } = problemOf(refusal, request.id)
  request.log.info({ code, operation: request.routeOptions.url }, 'refused')
  const { retryAfterMs } = facts
  if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000))
  // RFC 6750 §3.
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="otklik", error="invalid_token"')
  if (facts.scope !== undefined)
    reply.header(
      'www-authenticate',
      `Bearer realm="otklik", error="insufficient_scope", scope="${facts.scope}"`,
    )
  return reply.code(status).send(tmfError(status, code, facts))
}
