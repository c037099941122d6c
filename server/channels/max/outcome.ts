import type { SendResult } from '../../care/timeline/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { MaxRefused } from './api.ts'

const DEFAULT_RETRY_MS = 1_000

/**
 * What a failed call means for the message. The API has no idempotency key, so a message that may have arrived is `unknown`; an upload
 * may be repeated. Throws on what is a defect of ours.
 * @param sending the call was the one that sends the message
 */
export function outcomeOf(error: unknown, sending: boolean): SendResult {
  if (error instanceof MaxRefused) return refusedOutcome(error, sending)
  if (error instanceof Unavailable) {
    const reason = String(error.facts.reason)
    if (sending && error.mayHaveArrived) return { outcome: 'unknown', reason }
    return { outcome: 'retry', afterMs: error.retryAfterMs ?? DEFAULT_RETRY_MS, reason }
  }
  if (error instanceof Refusal) return { outcome: 'failed', reason: error.code }
  throw error
}

function refusedOutcome(error: MaxRefused, sending: boolean): SendResult {
  const { status, code, message, retryAfterMs, isItsOwn, mayHaveBeenDone } = error
  const afterMs = retryAfterMs ?? DEFAULT_RETRY_MS
  if (status === 429) return { outcome: 'retry', afterMs, reason: RATE_LIMITED }
  if (sending && mayHaveBeenDone) return { outcome: 'unknown', reason: message }
  // Not sent, but not refused either.
  const isTrouble = status >= 500 || status < 400
  if (isTrouble || code === NOT_READY) return { outcome: 'retry', afterMs, reason: message }
  if (isRevoked(error)) return { outcome: 'failed', reason: REVOKED }
  const gone = isItsOwn && (status === 403 || (status === 404 && code === 'chat.not.found'))
  return { outcome: 'failed', reason: message, ...(gone && { unreachable: true }) }
}

/** The token opens nothing (any more): MAX itself says so, not a proxy on the way. */
export const isRevoked = ({ status, isItsOwn }: MaxRefused): boolean => isItsOwn && status === 401
export const RATE_LIMITED = 'rate_limited'
export const REVOKED = 'channel_token_revoked'
/** A fresh upload is still being worked on (`POST /uploads`). */
export const NOT_READY = 'attachment.not.ready'
