import { webhookAllowed } from '../core/webhook-url.ts'
import { bad } from './errors.ts'
import { type Params, read, schemas } from './params.ts'
import type { TelegramState } from './state.ts'
import type { TelegramUpdates } from './updates.ts'
import type { TelegramWebhook } from './webhook.ts'

type Method = (params: Params, gone: AbortSignal) => unknown

/** The two ways to receive updates: getUpdates, or a webhook; and who the bot is. */
export function receiveMethods(
  state: TelegramState,
  updates: TelegramUpdates,
  webhook: TelegramWebhook,
): Record<string, Method> {
  const allow = (kinds: string[] | undefined): void => {
    // An absent list keeps the last setting, an empty one brings back the default.
    if (kinds) state.allowedUpdates = kinds.length === 0 ? undefined : new Set(kinds)
  }

  const deleteWebhook = (drop: boolean): true => {
    if (drop) state.pending = []
    state.webhook = undefined
    return true
  }

  return {
    getMe: () => ({
      ...state.bot,
      can_join_groups: false,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    }),
    setMyCommands: () => true,
    getUpdates: async (params, gone) => {
      const { offset, limit, timeout, allowed_updates } = read(schemas.getUpdates, params)
      allow(allowed_updates)
      return updates.poll(offset, limit, timeout * 1000, gone)
    },
    setWebhook: (params) => {
      const asked = read(schemas.setWebhook, params, {
        secret_token: 'secret token contains unallowed characters',
      })
      if (asked.url === '') return deleteWebhook(asked.drop_pending_updates)
      if (!webhookAllowed(asked.url)) throw bad('bad webhook: An HTTPS URL must be provided for webhook')
      allow(asked.allowed_updates)
      if (asked.drop_pending_updates) state.pending = []
      const { url, secret_token: secretToken, max_connections: maxConnections } = asked
      state.webhook = { url, secretToken, maxConnections, lastError: undefined }
      webhook.pump()
      return true
    },
    deleteWebhook: (params) => deleteWebhook(read(schemas.deleteWebhook, params).drop_pending_updates),
    getWebhookInfo: () => {
      const set = state.webhook
      const info = {
        url: set?.url ?? '',
        has_custom_certificate: false,
        pending_update_count: state.pending.length,
      }
      if (!set) return info
      const { lastError, maxConnections: max_connections } = set
      const failure = lastError && { last_error_date: lastError.date, last_error_message: lastError.message }
      const allowed = state.allowedUpdates && { allowed_updates: [...state.allowedUpdates] }
      return { ...info, max_connections, ...failure, ...allowed }
    },
  }
}
