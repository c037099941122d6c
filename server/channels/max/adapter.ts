import type { Capabilities } from '../../../contracts/channels.ts'
import {
  type ChannelAccountRow,
  type ChannelAdapter,
  type Intake,
  settingsProblems,
} from '../../care/timeline/index.ts'
import { whyUnreached } from '../../platform/outgoing/index.ts'
import { sameSecret } from '../../platform/same-secret.ts'
import { callMax, MaxRefused } from './api.ts'
import type { MaxDeps } from './deps.ts'
import { fetchFile } from './fetch-file.ts'
import { isRevoked, REVOKED } from './outcome.ts'
import { callbackIdOf, parseUpdate } from './parse.ts'
import { receive } from './receive.ts'
import { createSender } from './send.ts'
import { botOf, isSetUp, maxSecrets, maxSettings } from './settings.ts'

/**
 * What MAX carries (OpenAPI 0.0.32: text `maxLength` 4000, at most 30 rows of buttons, images up to 50 MB). The schema counts code points; a
 * service that counts UTF-16 units would refuse sooner, so the stricter count is taken.
 */
const capabilities: Capabilities = {
  textMax: 4000,
  textUnit: 'utf16',
  captionMax: null,
  attachments: { max: 10, maxBytes: 50 * 1024 * 1024 },
  edit: false,
  buttons: { max: 30, payloadMaxBytes: 1024 },
  windowHours: null,
  receipts: 'none',
  typing: false,
}

export function createMaxAdapter(deps: MaxDeps): ChannelAdapter {
  /** Of the accounts that run here: to tell at once when a message finds the token revoked. */
  const running = new Map<string, Intake>()
  const sendMessage = createSender(deps)

  return {
    kind: 'max',
    checkSettings: (settings) => settingsProblems(maxSettings, settings),
    checkSecrets: (secrets) => settingsProblems(maxSecrets.partial(), secrets),
    capabilities,
    delivery: 'push',
    verify: (account, { headers }) => {
      const given = headers['x-max-bot-api-secret']
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
    greeting: (account) => maxSettings.safeParse(account.settings).data?.greeting,
    publicPlace: (account) => linkOf(account),
    // Until it is answered, the button looks as if nothing had happened. An answer without words changes nothing that is seen.
    afterAccepted: async (account, event) => {
      const callback_id = callbackIdOf(event)
      if (callback_id === undefined) return
      await callMax(deps, botOf(account), {
        method: 'POST',
        path: '/answers',
        query: { callback_id },
        body: {},
      })
    },
  }
}

async function check(deps: MaxDeps, account: ChannelAccountRow): Promise<{ ok: boolean; reason?: string }> {
  if (!isSetUp(account)) return { ok: false, reason: 'channel_settings_invalid' }
  try {
    await callMax(deps, botOf(account), { method: 'GET', path: '/me' })
    return { ok: true }
  } catch (error) {
    if (error instanceof MaxRefused) return { ok: false, reason: isRevoked(error) ? REVOKED : error.message }
    const reason = whyUnreached(error)
    if (reason !== undefined) return { ok: false, reason }
    throw error
  }
}

/** `https://max.ru/<bot>?start=<token>`: a payload of at most 512 characters comes back with `bot_started`. */
function startLink(account: ChannelAccountRow, token: string): string | null {
  const link = linkOf(account)
  return link === null || token.length > 512 ? null : `${link}?start=${encodeURIComponent(token)}`
}

function linkOf(account: ChannelAccountRow): string | null {
  const { data } = maxSettings.safeParse(account.settings)
  return data?.botName ? `https://max.ru/${data.botName}` : null
}
