import type { Delivery } from '../control/service.ts'
import type { Context } from '../core/context.ts'
import { type Answer, postJson } from '../core/post-json.ts'
import type { TelegramState, Webhook } from './state.ts'
import type { TelegramUpdates } from './updates.ts'

/**
 * Webhook sender after `tdlib/telegram-bot-api`, WebhookActor: the updates of one chat go one at a time in their order,
 * chats in parallel up to `max_connections`; a failure waits 1 s, then twice as long, up to 60 s, or as `Retry-After` says;
 * 23 h of 410 drop the webhook.
 */
const firstRetryMs = 1_000
const maxRetryMs = 60_000
const goneForMs = 23 * 60 * 60 * 1000

export interface TelegramWebhook {
  /** Starts sending what is pending to the webhook that is set now. */
  pump(): void
  /** One try now, past all queues. Gives the HTTP status, 0 for no answer. */
  deliverOnce(update: unknown): Promise<number[]>
  deliveries: Delivery[]
}

export function createTelegramWebhook(
  context: Context,
  state: TelegramState,
  updates: TelegramUpdates,
  answerLimitMs: number,
): TelegramWebhook {
  const { timing } = context
  const deliveries: Delivery[] = []
  const busy = new Set<number>()
  let stopWaitingForGone: (() => void) | undefined

  const attempt = async (webhook: Webhook, update: unknown): Promise<Answer> => {
    const headers: Record<string, string> =
      webhook.secretToken === undefined ? {} : { 'x-telegram-bot-api-secret-token': webhook.secretToken }
    const answer = await postJson(webhook.url, JSON.stringify(update), headers, answerLimitMs)
    deliveries.push({ url: webhook.url, update, at: timing.now(), status: answer.status })
    return answer
  }

  const noteFailure = (webhook: Webhook, answer: Answer): void => {
    const message = 'reason' in answer ? answer.reason : `Wrong response from the webhook: ${answer.status}`
    webhook.lastError = { date: Math.floor(timing.now() / 1000), message }
    if (answer.status !== 410) return
    stopWaitingForGone ??= timing.after(goneForMs, () => {
      if (state.webhook === webhook) state.webhook = undefined
    })
  }

  /** Sends the oldest update of one chat until it is taken, then the next. */
  const drain = async (chatId: number): Promise<void> => {
    let delayMs = firstRetryMs
    while (state.webhook) {
      const webhook = state.webhook
      const next = state.pending.find((one) => one.chatId === chatId)
      if (!next) return
      const answer = await attempt(webhook, next.update)
      if (answer.status >= 200 && answer.status < 300) {
        state.pending = state.pending.filter((one) => one !== next)
        delayMs = firstRetryMs
        stopWaitingForGone?.()
        stopWaitingForGone = undefined
        continue
      }
      noteFailure(webhook, answer)
      const asked = 'retryAfterS' in answer ? answer.retryAfterS : undefined
      await timing.wait(asked === undefined ? delayMs : asked * 1000)
      delayMs = Math.min(delayMs * 2, maxRetryMs)
    }
  }

  const pump = (): void => {
    for (const { chatId } of state.pending) {
      if (!state.webhook || busy.size >= state.webhook.maxConnections) return
      if (busy.has(chatId)) continue
      busy.add(chatId)
      void drain(chatId).finally(() => {
        busy.delete(chatId)
        pump()
      })
    }
  }
  updates.onPending(pump)

  return {
    pump,
    deliveries,
    deliverOnce: async (update) => (state.webhook ? [(await attempt(state.webhook, update)).status] : []),
  }
}
