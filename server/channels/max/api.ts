import { z } from 'zod'
import { parseExactJson } from '../../platform/exact-json.ts'
import { mayHaveBeenDone, type OutgoingRequest, retryAfterOf } from '../../platform/outgoing/index.ts'
import type { MaxDeps } from './deps.ts'
import type { MaxBot } from './settings.ts'

const DEFAULT_TIMEOUT_MS = 15_000
/** A hundred updates of the longest texts with all their attachments. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

/** What is not a success, in the API's own form (`{code, message}` beside an HTTP status) or not. */
interface Answered {
  readonly status: number
  /** `verify.token`, `chat.denied`, `attachment.not.ready` … */
  readonly code: string
  readonly retryAfterMs?: number | undefined
  /** In the API's own words; else whatever stands between us and it spoke. */
  readonly isItsOwn: boolean
  /** It may have done what it was asked for all the same. */
  readonly mayHaveBeenDone: boolean
}

/** It answered, and not that it has done what it was asked for. */
export class MaxRefused extends Error {
  override readonly name = 'MaxRefused'
  readonly status: number
  readonly code: string
  readonly retryAfterMs: number | undefined
  readonly isItsOwn: boolean
  readonly mayHaveBeenDone: boolean

  constructor(message: string, { status, code, retryAfterMs, isItsOwn, mayHaveBeenDone }: Answered) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.isItsOwn = isItsOwn
    this.mayHaveBeenDone = mayHaveBeenDone
  }
}

export interface Call {
  readonly method: NonNullable<OutgoingRequest['method']>
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/**
 * Calls the MAX Bot API. Long integers of the answer come as strings.
 * @throws MaxRefused it answered no, or something else did in its place · Unavailable it did not answer
 */
export async function callMax(
  { outgoing, clock }: Pick<MaxDeps, 'outgoing' | 'clock'>,
  bot: MaxBot,
  call: Call,
): Promise<unknown> {
  const { method, path, query = {}, body, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = call
  const answer = await outgoing.request({
    url: `${bot.apiBase}${path}${Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : ''}`,
    method,
    headers: {
      authorization: bot.token,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    timeoutMs,
    maxBytes: MAX_ANSWER_BYTES,
    ...(signal && { signal }),
  })
  const done = answer.status === 200 ? readJson(answer.body) : undefined
  if (done !== undefined) return done
  const retryAfterMs = retryAfterOf(answer.headers['retry-after'], clock.now())
  throw refusalOf(answer.status, answer.body, retryAfterMs)
}

const Refusal = z.object({ code: z.string(), message: z.string() })

/** What stands between (a proxy, a load balancer) answers in HTML; then only the status tells. */
function refusalOf(status: number, body: Buffer, retryAfterMs: number | undefined): MaxRefused {
  const { data } = Refusal.safeParse(readJson(body))
  return new MaxRefused(data?.message ?? `status ${status}`, {
    status,
    code: data?.code ?? `status.${status}`,
    retryAfterMs,
    isItsOwn: data !== undefined,
    mayHaveBeenDone: mayHaveBeenDone(status, body, data !== undefined),
  })
}

function readJson(body: Buffer): unknown {
  try {
    return parseExactJson(body.toString('utf8'))
  } catch {
    return undefined
  }
}

/** `{"success": false, "message"}` is a no that comes with 200. */
export const Success = z.object({ success: z.boolean(), message: z.string().nullish() })
