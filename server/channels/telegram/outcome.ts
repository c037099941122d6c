import type { SendResult } from '../../care/timeline/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { TelegramRefused } from './api.ts'

const DEFAULT_RETRY_MS = 1_000

/**
 * What a failed call means for the message. The Bot API has no idempotency key (tdlib/telegram-bot-api#126), so whatever may have
 * arrived is `unknown`. Throws on what is a defect of ours.
 */
export function outcomeOf(error: unknown): SendResult {
  if (error instanceof TelegramRefused) return refusedOutcome(error)
  if (error instanceof Unavailable) {
    const reason = String(error.facts.reason)
    if (error.mayHaveArrived) return { outcome: 'unknown', reason }
    return { outcome: 'retry', afterMs: error.retryAfterMs ?? DEFAULT_RETRY_MS, reason }
  }
  if (error instanceof Refusal) return { outcome: 'failed', reason: error.code }
  throw error
}

function refusedOutcome({ code, message, retryAfterMs, isItsOwn }: TelegramRefused): SendResult {
  if (code === 429)
    return { outcome: 'retry', afterMs: retryAfterMs ?? DEFAULT_RETRY_MS, reason: RATE_LIMITED }
  // A gateway that lost patience, or the answer, does not know whether the server behind it has done the work; neither does an odd
  // success. The API's own 502, told while it is in trouble, is its no.
  if (code === 504 || (code === 502 && !isItsOwn) || code < 400)
    return { outcome: 'unknown', reason: message }
  if (code >= 500) return { outcome: 'retry', afterMs: retryAfterMs ?? DEFAULT_RETRY_MS, reason: message }
  if (isRevoked(code)) return { outcome: 'failed', reason: REVOKED }
  const gone = code === 403 || (code === 400 && message.includes('chat not found'))
  return { outcome: 'failed', reason: message, ...(gone && { unreachable: true }) }
}

/** The token opens nothing (any more): 401; 404 when it is not even in the form of one. */
export const isRevoked = (code: number): boolean => code === 401 || code === 404
export const RATE_LIMITED = 'rate_limited'
export const REVOKED = 'channel_token_revoked'
