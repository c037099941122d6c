import { z } from 'zod'
import { mayHaveBeenDone, type Outgoing, type OutgoingRequest } from '../../platform/outgoing/index.ts'
import type { TelegramBot } from './settings.ts'

const DEFAULT_TIMEOUT_MS = 15_000
/** A hundred updates of the longest texts, each letter escaped. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

const No = z.object({
  ok: z.literal(false),
  error_code: z.number().int(),
  description: z.string(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
})
type No = z.infer<typeof No>
const Reply = z.union([z.object({ ok: z.literal(true), result: z.unknown() }), No])

/** What is not a success, in the API's own form (`{ok: false, error_code, description, parameters}`) or not. */
interface Answered {
  /** Its own code, the HTTP status in all known cases. */
  readonly code: number
  readonly retryAfterMs: number | undefined
  /** In the API's own words; else whatever stands between us and it spoke. */
  readonly isItsOwn: boolean
  /** It may have done what it was asked for all the same. */
  readonly mayHaveBeenDone: boolean
}

/** It answered, and not that it has done what it was asked for. */
export class TelegramRefused extends Error {
  override readonly name = 'TelegramRefused'
  readonly code: number
  readonly retryAfterMs: number | undefined
  readonly isItsOwn: boolean
  readonly mayHaveBeenDone: boolean

  constructor(description: string, { code, retryAfterMs, isItsOwn, mayHaveBeenDone }: Answered) {
    super(description)
    this.code = code
    this.retryAfterMs = retryAfterMs
    this.isItsOwn = isItsOwn
    this.mayHaveBeenDone = mayHaveBeenDone
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
  throw refusalOf(reply, answer.status, answer.body)
}

/** A Bot API server that starts anew says so to requests that it has in hand, too (`Client::fail_query_closing` of tdlib/telegram-bot-api). */
const STARTS_ANEW = 'Internal Server Error: restart'

function refusalOf(reply: No | undefined, status: number, body: Buffer): TelegramRefused {
  const code = reply?.error_code ?? status
  const description = reply?.description ?? `status ${status}`
  const retryAfterS = reply?.parameters?.retry_after
  return new TelegramRefused(description, {
    code,
    retryAfterMs: retryAfterS === undefined ? undefined : retryAfterS * 1000,
    isItsOwn: reply !== undefined,
    mayHaveBeenDone: description === STARTS_ANEW || mayHaveBeenDone(code, body, reply !== undefined),
  })
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
