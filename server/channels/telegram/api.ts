import { z } from 'zod'
import type { Outgoing, OutgoingRequest } from '../../platform/outgoing/index.ts'
import type { TelegramBot } from './settings.ts'

const DEFAULT_TIMEOUT_MS = 15_000
/** A hundred updates of the longest texts, each letter escaped. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

const Reply = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error_code: z.number().int(),
    description: z.string(),
    parameters: z.object({ retry_after: z.number().optional() }).optional(),
  }),
])

/** The Bot API's no: `{ok: false, error_code, description, parameters}`. */
export class TelegramRefused extends Error {
  override readonly name = 'TelegramRefused'
  /** Its own code, the HTTP status in all known cases. */
  readonly code: number
  readonly retryAfterMs: number | undefined
  /** In the API's own words; else whatever stands between us and it spoke. */
  readonly isItsOwn: boolean

  constructor(code: number, description: string, retryAfterMs: number | undefined, isItsOwn = true) {
    super(description)
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.isItsOwn = isItsOwn
  }
}

export interface Call {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

/**
 * Calls a method of the Bot API.
 * @param body JSON fields, or a form where a file travels with them
 * @throws TelegramRefused it answered no · Unavailable it did not answer, or nothing that is an answer of this API
 */
export async function callTelegram(
  outgoing: Outgoing,
  bot: TelegramBot,
  method: string,
  body: Readonly<Record<string, unknown>> | FormBody,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal }: Call = {},
): Promise<unknown> {
  const answer = await outgoing.request({
    url: `${bot.apiBase}/bot${bot.token}/${method}`,
    method: 'POST',
    ...(isForm(body)
      ? { body }
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    timeoutMs,
    maxBytes: MAX_ANSWER_BYTES,
    ...(signal && { signal }),
  })
  const reply = readReply(answer.body)
  if (reply?.ok) return reply.result
  const retryAfterS = reply?.parameters?.retry_after
  throw new TelegramRefused(
    reply?.error_code ?? answer.status,
    reply?.description ?? `status ${answer.status}`,
    retryAfterS === undefined ? undefined : retryAfterS * 1000,
    reply !== undefined,
  )
}

type FormBody = Extract<OutgoingRequest['body'], { append: unknown }>

function isForm(body: object): body is FormBody {
  return 'append' in body && typeof body.append === 'function'
}

/** What stands between (a proxy, a load balancer) answers in HTML; then only the status tells. */
function readReply(body: Buffer): z.infer<typeof Reply> | undefined {
  try {
    return Reply.parse(JSON.parse(body.toString('utf8')))
  } catch {
    return undefined
  }
}
