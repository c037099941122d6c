import { z } from 'zod'
import type { ChannelAccountRow, Intake } from '../../care/timeline/index.ts'
import { Unavailable, whyUnreached } from '../../platform/outgoing/index.ts'
import { startRepeating } from '../../platform/repeat.ts'
import { callTelegram, TelegramRefused } from './api.ts'
import { type TelegramDeps, type TelegramTiming, USUAL_TIMING } from './deps.ts'
import { isRevoked, REVOKED } from './outcome.ts'
import { botOf, isSetUp, type TelegramBot } from './settings.ts'
import { UPDATE_KINDS } from './wire.ts'

/** Webhooks that Telegram may have under way to us at a time; updates of one chat come one after the other all the same. */
const MAX_CONNECTIONS = 40
const MAX_BACKOFF_MS = 60_000

interface Receiving {
  readonly deps: TelegramDeps
  readonly timing: TelegramTiming
  readonly account: ChannelAccountRow
  readonly intake: Intake
}

/** Receives updates in the mode that the account is set to. Gives what stops it. */
export function receive(deps: TelegramDeps, account: ChannelAccountRow, intake: Intake): () => Promise<void> {
  const timing = { ...USUAL_TIMING, ...deps.timing }
  const receiving: Receiving = { deps, timing, account, intake }
  const polling = account.settings.mode === 'polling'
  return startRepeating({
    work: polling ? createPoll(receiving) : createWatch(receiving),
    pauseMs: polling ? 0 : timing.watchMs,
    retry: { baseMs: timing.backoffMs, maxMs: MAX_BACKOFF_MS },
    onFailure: (error) => tell(receiving, error),
  })
}

const WebhookInfo = z.object({
  url: z.string(),
  allowed_updates: z.array(z.string()).optional(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
})

/** The webhook is set at the start (its secret may have changed, which nothing shows) and again whenever it is found to be another. */
function createWatch({ deps, timing, account, intake }: Receiving) {
  const url = `${deps.publicUrl}/channels/${account.id}/webhook`
  let set = false

  const setWebhook = async (bot: TelegramBot, signal: AbortSignal) => {
    const { webhookSecret: secret_token } = bot
    if (!secret_token) throw new MissingSecret()
    const asked = { url, secret_token, max_connections: MAX_CONNECTIONS, allowed_updates: UPDATE_KINDS }
    await callTelegram(deps.outgoing, bot, 'setWebhook', asked, { signal })
    set = true
  }

  return async (signal: AbortSignal): Promise<void> => {
    const bot = botOf(account)
    if (!set) await setWebhook(bot, signal)
    const info = WebhookInfo.parse(await callTelegram(deps.outgoing, bot, 'getWebhookInfo', {}, { signal }))
    const stands = info.url === url && UPDATE_KINDS.every((kind) => info.allowed_updates?.includes(kind))
    if (!stands) {
      deps.log.warn({ account: account.id }, 'the webhook was gone: setting it again')
      await setWebhook(bot, signal)
    }
    // Told in whole seconds, rounded down.
    const failedBefore = ((info.last_error_date ?? 0) + 1) * 1000
    const failing = stands && failedBefore > deps.clock.now().getTime() - timing.watchMs
    await intake.reportHealth(
      failing ? 'degraded' : 'ok',
      failing ? (info.last_error_message ?? 'webhook_failing') : null,
    )
  }
}

const Updates = z.array(z.looseObject({ update_id: z.number().int() }))
const Cursor = z.object({ offset: z.number().int().optional() })

/** Polls. The offset moves on only past what is durable: what was read and not stored is read again, and known by its name. */
function createPoll({ deps, timing, account, intake }: Receiving) {
  let alone = false
  let offset: number | undefined

  const begin = async (bot: TelegramBot, signal: AbortSignal) => {
    // A webhook and getUpdates exclude each other (409). Pending updates stay.
    await callTelegram(deps.outgoing, bot, 'deleteWebhook', {}, { signal })
    offset = Cursor.parse(await intake.readCursor()).offset
    await intake.reportHealth('ok', null)
    alone = true
  }

  const handIn = async (updates: z.infer<typeof Updates>, signal: AbortSignal) => {
    let next = offset
    try {
      for (const update of updates) {
        if (signal.aborted) break
        await intake.receive(Buffer.from(JSON.stringify(update)))
        next = update.update_id + 1
      }
    } finally {
      if (next !== undefined && next !== offset) await intake.saveCursor({ offset: next })
      offset = next
    }
  }

  return async (signal: AbortSignal): Promise<void> => {
    const bot = botOf(account)
    if (!alone) await begin(bot, signal)
    const asked = {
      ...(offset !== undefined && { offset }),
      limit: 100,
      timeout: Math.floor(timing.pollMs / 1000),
      allowed_updates: UPDATE_KINDS,
    }
    const call = { signal, timeoutMs: timing.pollMs + 10_000 }
    try {
      await handIn(Updates.parse(await callTelegram(deps.outgoing, bot, 'getUpdates', asked, call)), signal)
    } catch (error) {
      // Begins anew: somebody may have set a webhook, and health has to be told again.
      alone = false
      throw error
    }
  }
}

class MissingSecret extends Error {
  override readonly name = 'MissingSecret'
}

/** Reports why nothing comes in. Gives how long Telegram asked to wait, in milliseconds. */
async function tell({ deps, account, intake }: Receiving, error: unknown): Promise<number | undefined> {
  deps.log.warn({ err: error, account: account.id }, 'Telegram cannot be received from')
  if (error instanceof MissingSecret) await intake.reportHealth('down', 'webhook_secret_missing')
  else if (!isSetUp(account)) await intake.reportHealth('down', 'channel_settings_invalid')
  else if (error instanceof TelegramRefused) {
    const revoked = isRevoked(error)
    await intake.reportHealth(revoked ? 'down' : 'degraded', revoked ? REVOKED : error.message)
    return error.retryAfterMs
  } else if (error instanceof Unavailable) {
    await intake.reportHealth('degraded', String(error.facts.reason))
    return error.retryAfterMs
  } else await intake.reportHealth('degraded', whyUnreached(error) ?? 'internal')
  return undefined
}
