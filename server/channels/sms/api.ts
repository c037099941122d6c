import { type OutgoingRequest, retryAfterOf } from '../../platform/outgoing/index.ts'
import { type SmsDeps, USUAL_TIMING } from './deps.ts'
import type { SmsCentre } from './settings.ts'

/** The centre's no. */
export class SmsRefused extends Error {
  override readonly name = 'SmsRefused'
  readonly status: number
  readonly retryAfterMs: number | undefined

  constructor(status: number, message: string, retryAfterMs: number | undefined) {
    super(message)
    this.status = status
    this.retryAfterMs = retryAfterMs
  }
}

export interface Call {
  readonly method: NonNullable<OutgoingRequest['method']>
  readonly path: string
  readonly body?: unknown
  readonly signal?: AbortSignal
}

export interface SmsAnswer {
  readonly status: number
  readonly body: unknown
}

/**
 * Calls the SMS centre.
 * @throws SmsRefused it answered no · Unavailable it did not answer
 */
export async function callCentre(deps: SmsDeps, centre: SmsCentre, call: Call): Promise<SmsAnswer> {
  const { method, path, body, signal } = call
  const { callMs } = { ...USUAL_TIMING, ...deps.timing }
  const answer = await deps.outgoing.request({
    url: `${centre.apiBase}${path}`,
    method,
    headers: {
      authorization: `Bearer ${centre.token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    timeoutMs: callMs,
    ...(signal && { signal }),
  })
  const { status, headers } = answer
  if (status >= 200 && status < 300) return { status, body: JSON.parse(answer.body.toString('utf8')) }
  throw new SmsRefused(status, `status ${status}`, retryAfterOf(headers['retry-after'], deps.clock.now()))
}
