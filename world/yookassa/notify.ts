import type { Delivery } from '../control/service.ts'
import type { Context } from '../core/context.ts'
import { postJson } from '../core/post-json.ts'
import type { YooKassaState } from './state.ts'
import type { Payment, Refund } from './wire.ts'

const answerMs = 10_000
const firstRetryMs = 5_000
const maxRetryMs = 10 * 60_000
const keptMs = 24 * 60 * 60 * 1000

export interface Notifier {
  /** Tells the shop how a payment ended, until it is taken. Lost or told twice where that was planned. */
  ended(payment: Payment): void
  /** Tells it how a refund ended: only that it succeeded, as the provider does. */
  gaveBack(refund: Refund): void
  /** One try now. */
  send(notification: unknown): Promise<number>
  deliveries: Delivery[]
}

/** Notifications are not signed: whoever gets one reads the payment again. */
export function createNotifier(context: Context, state: YooKassaState): Notifier {
  const { timing, faults } = context
  const deliveries: Delivery[] = []

  const send = async (notification: unknown): Promise<number> => {
    if (state.callback === undefined) return 0
    const { status } = await postJson(state.callback, JSON.stringify(notification), {}, answerMs)
    deliveries.push({ url: state.callback, update: notification, at: timing.now(), status })
    return status
  }
  const deliver = async (notification: unknown): Promise<void> => {
    let waitedMs = 0
    let delayMs = firstRetryMs
    while (state.callback !== undefined && waitedMs < keptMs) {
      if ((await send(notification)) === 200) return
      await timing.wait(delayMs)
      waitedMs += delayMs
      delayMs = Math.min(delayMs * 2, maxRetryMs)
    }
  }

  return {
    deliveries,
    send,
    gaveBack: (refund) => {
      if (refund.status === 'succeeded') tell('refund.succeeded', refund)
    },
    ended: (payment) => tell(`payment.${payment.status}`, payment),
  }

  /** As it stands now: what is told late is old. Lost or told twice where that was planned. */
  function tell(event: string, about: Payment | Refund): void {
    const notification = { type: 'notification', event, object: structuredClone(about) }
    const fault = faults.take('yookassa', 'notification')
    if (fault?.kind === 'drop') return
    void deliver(notification)
    if (fault?.kind === 'twice') void deliver(notification)
  }
}
