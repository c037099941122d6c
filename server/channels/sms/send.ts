import { z } from 'zod'
import type { ChannelAccountRow, SendResult } from '../../care/timeline/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { callCentre, SmsRefused } from './api.ts'
import type { SmsDeps } from './deps.ts'
import { centreOf, isSetUp, type SmsCentre } from './settings.ts'

export interface Sms {
  /** E.164 without plus. */
  readonly msisdn: string
  readonly text: string
  /** Names the message for the centre: the same reference is sent once. At most 64 characters. */
  readonly reference: string
}

const Taken = z.object({ id: z.string().min(1) })
const Status = z.object({ status: z.string() })
const DEFAULT_RETRY_MS = 1_000
/** How often a message that came to nothing may be sent anew under a reference of its own. */
const MAX_RESENDS = 9

/** Sends a message by the centre of this account. A repeat of an attempt that may have arrived is safe: the reference is sent once. */
export async function sendSms(deps: SmsDeps, account: ChannelAccountRow, sms: Sms): Promise<SendResult> {
  if (!isSetUp(account)) return { outcome: 'failed', reason: 'channel_settings_invalid' }
  try {
    return { outcome: 'sent', messageId: await submit(deps, centreOf(account), sms) }
  } catch (error) {
    return outcomeOf(error)
  }
}

/**
 * Submits until a reference is taken that did not come to nothing. A message whose receipt said "undelivered" and that a person sends again
 * has the same reference, by which the centre would only repeat its old answer (200 instead of 202).
 */
async function submit(deps: SmsDeps, centre: SmsCentre, { msisdn, text, reference }: Sms): Promise<string> {
  const body = { from: centre.sender, to: msisdn, text: sendable(text) }
  for (let resend = 0; ; resend++) {
    const named = { ...body, reference: resend === 0 ? reference : `${reference}.${resend}` }
    const answer = await callCentre(deps, centre, { method: 'POST', path: '/messages', body: named })
    const { id } = Taken.parse(answer.body)
    if (answer.status !== 200 || resend === MAX_RESENDS || !(await cameToNothing(deps, centre, id))) return id
  }
}

async function cameToNothing(deps: SmsDeps, centre: SmsCentre, id: string): Promise<boolean> {
  const { body } = await callCentre(deps, centre, {
    method: 'GET',
    path: `/messages/${encodeURIComponent(id)}`,
  })
  return Status.parse(body).status === 'undelivered'
}

/** A phone shows neither NUL nor half a character. */
function sendable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}

function outcomeOf(error: unknown): SendResult {
  if (error instanceof Unavailable) {
    return {
      outcome: 'retry',
      afterMs: error.retryAfterMs ?? DEFAULT_RETRY_MS,
      reason: String(error.facts.reason),
    }
  }
  if (error instanceof Refusal) return { outcome: 'failed', reason: error.code }
  if (!(error instanceof SmsRefused)) throw error
  const { status, retryAfterMs, message } = error
  const afterMs = retryAfterMs ?? DEFAULT_RETRY_MS
  if (status === 429) return { outcome: 'retry', afterMs, reason: RATE_LIMITED }
  if (status >= 500) return { outcome: 'retry', afterMs, reason: message }
  return { outcome: 'failed', reason: status === 401 ? REVOKED : message }
}

export const RATE_LIMITED = 'rate_limited'
export const REVOKED = 'channel_token_revoked'

/** Receipts of codes are nobody's business: no entry of a timeline waits for them. */
export const CODE_PREFIX = 'code:'

/**
 * Sends a one-time code or another secret past the timeline: nothing of it is kept.
 * @param sms `reference`: at most 59 characters
 */
export function sendCodeBySms(deps: SmsDeps, account: ChannelAccountRow, sms: Sms): Promise<SendResult> {
  return sendSms(deps, account, { ...sms, reference: `${CODE_PREFIX}${sms.reference}` })
}
