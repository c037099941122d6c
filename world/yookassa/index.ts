import type { FastifyInstance } from 'fastify'
import type { Delivery } from '../control/service.ts'
import type { Context } from '../core/context.ts'
import { cancel, payBy, register } from './bank.ts'
import { apiRoutes, checkoutRoutes, type Till } from './http.ts'
import { createNotifier } from './notify.ts'
import { endRefund } from './refunds.ts'
import { createState } from './state.ts'
import { isCard, type Payment, type Receipt, type Refund } from './wire.ts'

/**
 * Whoever takes people's money: YooKassa's API v3 on its wire format, with the page where a person pays or refuses. Invariants: one
 * idempotence key makes one payment; a payment ends once; its end is told until somebody has taken it. What people pay with is
 * named, never numbered.
 */
export interface YooKassaOptions {
  shopId: string
  secretKey: string
  /** Where notifications go. */
  callback: string | undefined
}

/** How long the bank thinks about a payment. */
const bankMs = 1_500
/** Nobody came to pay. */
const unpaidMs = 60 * 60 * 1000

export interface YooKassaService {
  /** Base address of the API. */
  url(): string
  /** Every payment, oldest first. */
  payments(): Payment[]
  /** What a person does on the page, without the page; `good`, `empty` or `once` says with which card. */
  pay(id: string, card?: string): void
  refuse(id: string): void
  /** The time to pay is over: nobody came. */
  expire(id: string): void
  /** Every refund, oldest first. */
  refunds(): Refund[]
  /** Every receipt that was asked for, oldest first. */
  receipts(): Receipt[]
  /** Whether the register is away, and receipts stay on their way. */
  delayReceipts(away: boolean): void
  /** Why the bank takes no money back from now on; undefined: it does again. */
  refuseRefunds(reason: string | undefined): void
  /** The person takes back that a saved method may be charged. */
  revoke(methodId: string): void
  /** Where notifications go from now on. */
  notify(url: string | undefined): void
  /** One more notification about a payment, as it stands. */
  replay(id: string): Promise<number>
  deliveries: Delivery[]
  register(app: FastifyInstance): Promise<void>
}

export function createYooKassa(context: Context, options: YooKassaOptions): YooKassaService {
  const state = createState(options.shopId, options.secretKey)
  state.callback = options.callback
  const notifier = createNotifier(context, state)
  const { timing } = context

  /** Ends a payment once, after a while. */
  const decide = (id: string, afterMs: number, end: (now: number) => void): void => {
    const kept = state.payments.get(id)
    if (!kept || kept.decided || kept.payment.status !== 'pending') return
    kept.decided = true
    timing.after(afterMs, () => {
      end(timing.now())
      notifier.ended(kept.payment)
    })
  }
  const keptOf = (id: string) => {
    const kept = state.payments.get(id)
    if (!kept) throw new Error(`no payment ${id}`)
    return kept
  }
  const expire = (id: string) =>
    decide(id, 0, () => cancel(keptOf(id), 'yoo_money', 'expired_on_confirmation'))
  const till: Till = {
    pay: (id, card) =>
      decide(id, bankMs, (now) => payBy(state, keptOf(id), isCard(card) ? card : 'good', now)),
    refuse: (id) => decide(id, 0, () => cancel(keptOf(id), 'payment_network', 'general_decline')),
    await: (id) => timing.afterPerson(unpaidMs, () => expire(id)),
    giveBack: (id) => {
      const refund = state.refunds.get(id)
      if (!refund) return
      timing.after(bankMs, () => {
        endRefund(state, refund)
        notifier.gaveBack(refund)
      })
    },
  }
  return {
    url: () => `${context.origin()}/yookassa/v3`,
    payments: () => [...state.payments.values()].map(({ payment }) => payment),
    pay: (id, card = 'good') => till.pay(id, card),
    refuse: till.refuse,
    expire,
    refunds: () => [...state.refunds.values()],
    receipts: () => [...state.receipts],
    delayReceipts: (away) => {
      state.registerAway = away
      if (!away) for (const { payment } of state.payments.values()) register(payment)
    },
    refuseRefunds: (reason) => {
      state.refusesRefunds = reason
    },
    revoke: (methodId) => {
      const saved = state.methods.get(methodId)
      if (saved) saved.revoked = true
    },
    notify: (url) => {
      state.callback = url
    },
    replay: (id) => {
      const { payment } = keptOf(id)
      return notifier.send({ type: 'notification', event: `payment.${payment.status}`, object: payment })
    },
    deliveries: notifier.deliveries,
    register: async (app) => {
      await app.register(async (scope) => apiRoutes(scope, context, state, notifier, till), {
        prefix: '/yookassa/v3',
      })
      await app.register(async (scope) => checkoutRoutes(scope, state, till), {
        prefix: '/yookassa/checkout',
      })
    },
  }
}
