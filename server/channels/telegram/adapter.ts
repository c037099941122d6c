import type { Capabilities } from '../../../contracts/channels.ts'
import {
  type ChannelAccountRow,
  type ChannelAdapter,
  type Intake,
  settingsProblems,
} from '../../care/timeline/index.ts'
import { whyUnreached } from '../../platform/outgoing/index.ts'
import { sameSecret } from '../../platform/same-secret.ts'
import { callTelegram, TelegramRefused } from './api.ts'
import type { TelegramDeps } from './deps.ts'
import { fetchFile } from './fetch-file.ts'
import { isRevoked, REVOKED } from './outcome.ts'
import { callbackIdOf, parseUpdate } from './parse.ts'
import { receive } from './receive.ts'
import { createSender } from './send.ts'
import { botOf, isSetUp, telegramSecrets, telegramSettings } from './settings.ts'

/**
 * What Telegram carries (Bot API 10.1: sendMessage "1-4096 characters after entities parsing", captions 1024, albums 2–10 items, uploads
 * 50 MB, callback_data 1–64 bytes). It does not say in which unit; UTF-16 units, in which its entities count, are never fewer than letters,
 * so that what passes here passes there.
 */
const capabilities: Capabilities = {
  textMax: 4096,
  textUnit: 'utf16',
  captionMax: 1024,
  attachments: { max: 10, maxBytes: 50 * 1024 * 1024 },
  edit: false,
  buttons: { max: 100, payloadMaxBytes: 64 },
  windowHours: null,
  receipts: 'none',
  typing: false,
}

export function createTelegramAdapter(deps: TelegramDeps): ChannelAdapter {
  /** Of the accounts that run here: to tell at once when a message finds the token revoked. */
  const running = new Map<string, Intake>()
  const sendMessage = createSender(deps)

  return {
    kind: 'telegram',
    checkSettings: (settings) => settingsProblems(telegramSettings, settings),
    checkSecrets: (secrets) => settingsProblems(telegramSecrets.partial(), secrets),
    capabilities,
    delivery: 'push',
    verify: (account, { headers }) => {
      const given = headers['x-telegram-bot-api-secret-token']
      return typeof given === 'string' && sameSecret(given, account.secrets.webhookSecret)
    },
    parse: parseUpdate,
    send: async (account, message) => {
      if (!isSetUp(account)) return { outcome: 'failed', reason: 'channel_settings_invalid' }
      const result = await sendMessage(account, message)
      if (result.outcome === 'failed' && result.reason === REVOKED)
        await running.get(account.id)?.reportHealth('down', REVOKED)
      return result
    },
    fetchFile: (account, remote, maxBytes) => fetchFile(deps, account, remote, maxBytes),
    run: async (account, intake) => {
      running.set(account.id, intake)
      const stop = receive(deps, account, intake)
      return async () => {
        running.delete(account.id)
        await stop()
      }
    },
    check: (account) => check(deps, account),
    startLink: (account, token) => startLink(account, token),
    greeting: (account) => telegramSettings.safeParse(account.settings).data?.greeting,
    // The button shows a clock until it is answered.
    afterAccepted: async (account, event) => {
      const callback_query_id = callbackIdOf(event)
      if (callback_query_id !== undefined)
        await callTelegram(deps.outgoing, botOf(account), 'answerCallbackQuery', { callback_query_id })
    },
  }
}

async function check(
  deps: TelegramDeps,
  account: ChannelAccountRow,
): Promise<{ ok: boolean; reason?: string }> {
  if (!isSetUp(account)) return { ok: false, reason: 'channel_settings_invalid' }
  try {
    await callTelegram(deps.outgoing, botOf(account), 'getMe', {})
    return { ok: true }
  } catch (error) {
    if (error instanceof TelegramRefused)
      return { ok: false, reason: isRevoked(error) ? REVOKED : error.message }
    const reason = whyUnreached(error)
    if (reason !== undefined) return { ok: false, reason }
    throw error
  }
}

/** `https://t.me/<bot>?start=<token>`: the token is 1–64 of `A-Za-z0-9_-` (Bot API, deep linking). */
function startLink(account: ChannelAccountRow, token: string): string | null {
  const { data } = telegramSettings.safeParse(account.settings)
  if (!data?.botName || !/^[A-Za-z0-9_-]{1,64}$/.test(token)) return null
  return `https://t.me/${data.botName}?start=${token}`
}
