import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Capabilities } from '../../../contracts/channels.ts'
import {
  type ChannelAccountRow,
  type ChannelAdapter,
  type Intake,
  settingsProblems,
} from '../../care/timeline/index.ts'
import { Unavailable, whyUnreached } from '../../platform/outgoing/index.ts'
import { createPaces } from '../../platform/pace.ts'
import { startRepeating } from '../../platform/repeat.ts'
import { callCentre, SmsRefused } from './api.ts'
import { type SmsDeps, USUAL_TIMING } from './deps.ts'
import { parseSms, verifySms } from './parse.ts'
import { RATE_LIMITED, REVOKED, sendSms } from './send.ts'
import { centreOf, isSetUp, smsSecrets, smsSettings } from './settings.ts'

/** Words alone: ten segments are the centre's 1530 letters of the GSM alphabet. */
const capabilities: Capabilities = {
  textMax: 10,
  textUnit: 'sms-segments',
  captionMax: null,
  attachments: null,
  edit: false,
  buttons: null,
  windowHours: null,
  receipts: 'delivered',
  typing: false,
}

/** A centre names no rate, it tells by 429; this many are never the reason. */
const MESSAGES_PER_SECOND = 100
const MAX_BACKOFF_MS = 60_000

export function createSmsAdapter(deps: SmsDeps): ChannelAdapter {
  /** Of the accounts that run here: to tell at once when a message finds the token revoked. */
  const running = new Map<string, Intake>()
  const paceOf = createPaces(MESSAGES_PER_SECOND, deps.clock)
  return {
    kind: 'sms',
    checkSettings: (settings) => settingsProblems(smsSettings, settings),
    checkSecrets: (secrets) => settingsProblems(smsSecrets.partial(), secrets),
    capabilities,
    delivery: 'push',
    verify: verifySms,
    parse: parseSms,
    send: async (account, { id, address, text }) => {
      const pace = paceOf(account.id)
      const turn = await pace.take()
      if (!turn.go) return { outcome: 'retry', afterMs: turn.afterMs, reason: RATE_LIMITED }
      const result = await sendSms(deps, account, { msisdn: address, text, reference: id })
      if (result.outcome === 'retry' && result.reason === RATE_LIMITED) pace.rest(result.afterMs ?? 0)
      if (result.outcome === 'failed' && result.reason === REVOKED)
        await running.get(account.id)?.reportHealth('down', REVOKED)
      return result
    },
    run: async (account, intake) => {
      running.set(account.id, intake)
      const stop = keepCallback(deps, account, intake)
      return async () => {
        running.delete(account.id)
        await stop()
      }
    },
    check: (account) => check(deps, account),
  }
}

/** Tells the centre where events go, again and again: it cannot be asked what it was told. */
function keepCallback(deps: SmsDeps, account: ChannelAccountRow, intake: Intake): () => Promise<void> {
  const timing = { ...USUAL_TIMING, ...deps.timing }
  const url = `${deps.publicUrl}/channels/${account.id}/webhook`
  return startRepeating({
    work: async (signal) => {
      const centre = centreOf(account)
      if (!centre.webhookSecret) throw new MissingSecret()
      const body = { url, secret: centre.webhookSecret }
      await callCentre(deps, centre, { method: 'PUT', path: '/callback', body, signal })
      await intake.reportHealth('ok', null)
    },
    pauseMs: timing.watchMs,
    retry: { baseMs: timing.backoffMs, maxMs: MAX_BACKOFF_MS },
    onFailure: async (error) => {
      deps.log.warn({ err: error, account: account.id }, 'the SMS centre takes no address for events')
      const { state, reason, afterMs } = troubleOf(error)
      await intake.reportHealth(state, reason)
      return afterMs
    },
  })
}

class MissingSecret extends Error {
  override readonly name = 'MissingSecret'
}

interface Trouble {
  readonly state: 'degraded' | 'down'
  readonly reason: string
  readonly afterMs?: number | undefined
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof MissingSecret) return { state: 'down', reason: 'webhook_secret_missing' }
  if (error instanceof z.ZodError) return { state: 'down', reason: 'channel_settings_invalid' }
  if (error instanceof SmsRefused) {
    if (error.status === 401) return { state: 'down', reason: REVOKED }
    return { state: 'degraded', reason: error.message, afterMs: error.retryAfterMs }
  }
  if (error instanceof Unavailable)
    return { state: 'degraded', reason: String(error.facts.reason), afterMs: error.retryAfterMs }
  return { state: 'degraded', reason: whyUnreached(error) ?? 'internal' }
}

/** Asks for a message that is not there: "not found" is the answer of a centre that knows us. */
async function check(deps: SmsDeps, account: ChannelAccountRow): Promise<{ ok: boolean; reason?: string }> {
  if (!isSetUp(account)) return { ok: false, reason: 'channel_settings_invalid' }
  try {
    await callCentre(deps, centreOf(account), { method: 'GET', path: `/messages/${randomUUID()}` })
    return { ok: true }
  } catch (error) {
    if (error instanceof SmsRefused && error.status === 404) return { ok: true }
    if (error instanceof SmsRefused || whyUnreached(error) !== undefined)
      return { ok: false, reason: troubleOf(error).reason }
    throw error
  }
}
