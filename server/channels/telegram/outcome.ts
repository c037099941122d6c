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

function refusedOutcome(error: TelegramRefused): SendResult {
  const { code, message, retryAfterMs, isItsOwn, mayHaveBeenDone } = error
  const afterMs = retryAfterMs ?? DEFAULT_RETRY_MS
  if (code === 429) return { outcome: 'retry', afterMs, reason: RATE_LIMITED }
  if (mayHaveBeenDone) return { outcome: 'unknown', reason: message }
  if (code >= 500) return { outcome: 'retry', afterMs, reason: message }
  if (isRevoked(error)) return { outcome: 'failed', reason: REVOKED }
  const gone = isItsOwn && (code === 403 || (code === 400 && message.includes('chat not found')))
  return { outcome: 'failed', reason: message, ...(gone && { unreachable: true }) }
}

/** The token opens nothing (any more): 401; 404 when it is not even in the form of one. Telegram itself says so, not a proxy on the way. */
export const isRevoked = ({ code, isItsOwn }: TelegramRefused): boolean =>
  isItsOwn && (code === 401 || code === 404)
export const RATE_LIMITED = 'rate_limited'
export const REVOKED = 'channel_token_revoked'
