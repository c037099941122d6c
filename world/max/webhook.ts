import type { Delivery } from '../control/service.ts'
import type { Context } from '../core/context.ts'
import { postJson } from '../core/post-json.ts'
import type { MaxUpdate } from './wire.ts'

/** Answer within 30 s; up to 10 further tries after 60 s, each 2.5 times later; 8 h of failure end the subscription. */
const firstRetryMs = 60_000
const retryFactor = 2.5
const retries = 10
const unsubscribeAfterMs = 8 * 60 * 60 * 1000

export interface Subscription {
  url: string
  /** Milliseconds: when it was made. */
  time: number
  /** null: everything. */
  update_types: string[] | null
  secret: string | undefined
}

interface Endpoint {
  subscription: Subscription
  /** First tries of one chat wait for each other; a failed one is repeated later and holds nobody up. */
  chats: Map<number, Promise<void>>
  /** Stops the countdown to the automatic unsubscription; undefined while all is well. */
  pardon: (() => void) | undefined
}

export interface MaxWebhook {
  list(): Subscription[]
  subscribe(subscription: Subscription): void
  /** False if there was none of this URL. */
  unsubscribe(url: string): boolean
  deliver(update: MaxUpdate, chatId: number): void
  /** One try now, past all queues: for replays in tests. Gives the HTTP status, 0 for no answer. */
  deliverOnce(update: unknown): Promise<number[]>
  deliveries: Delivery[]
}

/** @param answerLimitMs real milliseconds to wait for the receiver, not shortened by the time scale */
export function createMaxWebhook(context: Context, answerLimitMs: number): MaxWebhook {
  const { timing } = context
  const endpoints = new Map<string, Endpoint>()
  const deliveries: Delivery[] = []

  const attempt = async (endpoint: Endpoint, update: unknown): Promise<number> => {
    const { url, secret } = endpoint.subscription
    const headers: Record<string, string> = secret === undefined ? {} : { 'x-max-bot-api-secret': secret }
    const answer = await postJson(url, JSON.stringify(update), headers, answerLimitMs)
    deliveries.push({ url, update, at: timing.now(), status: answer.status })
    return answer.status
  }

  const current = (endpoint: Endpoint): boolean => endpoints.get(endpoint.subscription.url) === endpoint

  const tryNow = async (endpoint: Endpoint, update: MaxUpdate, tried: number): Promise<void> => {
    if (!current(endpoint)) return
    const status = await attempt(endpoint, update)
    if (status === 200) {
      endpoint.pardon?.()
      endpoint.pardon = undefined
      return
    }
    endpoint.pardon ??= timing.after(unsubscribeAfterMs, () => {
      if (current(endpoint)) endpoints.delete(endpoint.subscription.url)
    })
    if (tried >= retries) return
    timing.after(firstRetryMs * retryFactor ** tried, () => void tryNow(endpoint, update, tried + 1))
  }

  return {
    deliveries,
    list: () => [...endpoints.values()].map((endpoint) => endpoint.subscription),
    subscribe: (subscription) => {
      endpoints.get(subscription.url)?.pardon?.()
      endpoints.set(subscription.url, { subscription, chats: new Map(), pardon: undefined })
    },
    unsubscribe: (url) => {
      endpoints.get(url)?.pardon?.()
      return endpoints.delete(url)
    },
    deliver: (update, chatId) => {
      for (const endpoint of endpoints.values()) {
        const wanted = endpoint.subscription.update_types
        if (wanted && !wanted.includes(update.update_type)) continue
        const before = endpoint.chats.get(chatId) ?? Promise.resolve()
        const mine = before.then(() => tryNow(endpoint, update, 0))
        endpoint.chats.set(chatId, mine)
      }
    },
    deliverOnce: (update) =>
      Promise.all([...endpoints.values()].map((endpoint) => attempt(endpoint, update))),
  }
}
