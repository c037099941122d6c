import type { SendResult } from '../../care/timeline/index.ts'
import { cutText, oneLine } from './storable-text.ts'

const LOGIN_RETRY_MS = 60_000
const REASON_CHARS = 500

/**
 * What a failed sending means for the mail.
 * @param left its last byte was handed to the connection: without an answer nobody knows whether the server has taken it. Before that
 * nothing can have been: a server delivers no mail whose end it has not seen (RFC 5321 §4.1.1.4).
 */
export function outcomeOf(error: unknown, left: boolean): SendResult {
  const { code, responseCode, response } = factsOf(error)
  if (code === 'EAUTH') return { outcome: 'retry', afterMs: LOGIN_RETRY_MS, reason: 'smtp_login_refused' }
  if (responseCode !== undefined) {
    const reason = shown(response ?? `status ${responseCode}`)
    return responseCode >= 500 ? { outcome: 'failed', reason } : { outcome: 'retry', reason }
  }
  if (left) return { outcome: 'unknown', reason: 'smtp_lost_after_data' }
  // The library itself found that this cannot go: too large for the server, no address.
  if (code === 'EMESSAGE' || code === 'EENVELOPE') return { outcome: 'failed', reason: shown(wordsOf(error)) }
  return { outcome: 'retry', reason: 'smtp_unreachable' }
}

/** Why the server that takes our mails cannot be used, as a code. */
export function smtpReason(error: unknown): string {
  return factsOf(error).code === 'EAUTH' ? 'smtp_login_refused' : 'smtp_unreachable'
}

interface Facts {
  readonly code?: string
  readonly responseCode?: number
  readonly response?: string
}

/** nodemailer's errors carry the server's answer beside the message. */
function factsOf(error: unknown): Facts {
  if (!(error instanceof Error)) return {}
  return {
    ...('code' in error && typeof error.code === 'string' && { code: error.code }),
    ...('responseCode' in error &&
      typeof error.responseCode === 'number' && { responseCode: error.responseCode }),
    ...('response' in error && typeof error.response === 'string' && { response: error.response }),
  }
}

/** A server may answer at any length and over many lines. */
const shown = (words: string): string => cutText(oneLine(words), REASON_CHARS).text

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'refused')
