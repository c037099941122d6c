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

function refusedOutcome(
  { status, code, message, retryAfterMs, isItsOwn }: MaxRefused,
  sending: boolean,
): SendResult {
  const afterMs = retryAfterMs ?? DEFAULT_RETRY_MS
  if (status === 429) return { outcome: 'retry', afterMs, reason: RATE_LIMITED }
  // A gateway that lost patience, or the answer, does not know whether the server behind it has done the work; neither does an odd
  // success. A 502 in the API's own words is its no.
  const isOpen = status === 504 || (status === 502 && !isItsOwn) || status < 400
  if (sending && isOpen) return { outcome: 'unknown', reason: message }
  if (status >= 500 || code === NOT_READY) return { outcome: 'retry', afterMs, reason: message }
  if (status === 401) return { outcome: 'failed', reason: REVOKED }
  const gone = status === 403 || (status === 404 && code === 'chat.not.found')
  return { outcome: 'failed', reason: message, ...(gone && { unreachable: true }) }
}

export const RATE_LIMITED = 'rate_limited'
export const REVOKED = 'channel_token_revoked'
/** A fresh upload is still being worked on (`POST /uploads`). */
export const NOT_READY = 'attachment.not.ready'
