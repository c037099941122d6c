import { createHmac, randomUUID } from 'node:crypto'
import type { Delivery } from '../control/service.ts'
import type { Context } from '../core/context.ts'
import { postJson } from '../core/post-json.ts'
import type { SmsState } from './state.ts'

const firstRetryMs = 5_000
const maxRetryMs = 10 * 60_000
const keptMs = 24 * 60 * 60 * 1000

export type SmsEvent =
  | { type: 'receipt'; messageId: string; reference: string | undefined; status: string; at: string }
  | { type: 'message'; messageId: string; from: string; to: string; text: string; at: string }

export interface SmsCallback {
  /** Queues an event behind the earlier ones of the same number. */
  publish(event: SmsEvent, msisdn: string): void
  /** One try now, past all queues, with the signature of the current secret. */
  deliverOnce(event: unknown): Promise<number[]>
  deliveries: Delivery[]
  /** Every event so far, oldest first. */
  log: ({ id: string } & SmsEvent)[]
}

/** Hands events to the product's callback as the contract says (README beside). */
export function createSmsCallback(context: Context, state: SmsState, answerLimitMs: number): SmsCallback {
  const { timing } = context
  const deliveries: Delivery[] = []
  const log: ({ id: string } & SmsEvent)[] = []
  const queues = new Map<string, Promise<void>>()

  const attempt = async (event: unknown): Promise<number> => {
    if (!state.callback) return 0
    const { url, secret } = state.callback
    const body = JSON.stringify(event)
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    const answer = await postJson(url, body, { 'x-sms-signature': `sha256=${signature}` }, answerLimitMs)
    deliveries.push({ url, update: event, at: timing.now(), status: answer.status })
    return answer.status
  }

  const deliver = async (event: SmsEvent): Promise<void> => {
    let waitedMs = 0
    let delayMs = firstRetryMs
    while (state.callback && waitedMs < keptMs) {
      const status = await attempt(event)
      if (status >= 200 && status < 300) return
      await timing.wait(delayMs)
      waitedMs += delayMs
      delayMs = Math.min(delayMs * 2, maxRetryMs)
    }
  }

  return {
    deliveries,
    log,
    publish: (event, msisdn) => {
      const named = { id: `evt_${randomUUID()}`, ...event }
      log.push(named)
      const before = queues.get(msisdn) ?? Promise.resolve()
      queues.set(
        msisdn,
        before.then(() => deliver(named)),
      )
    },
    deliverOnce: async (event) => (state.callback ? [await attempt(event)] : []),
  }
}
