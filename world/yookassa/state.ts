import { createHash, randomUUID } from 'node:crypto'
import type { Card, NewPayment, NewRefund, Payment, Receipt, Refund } from './wire.ts'

/** What somebody let be saved, and from which card. */
interface Saved {
  card: Card
  revoked: boolean
}

export interface YooKassaState {
  shopId: string
  secretKey: string
  callback: string | undefined
  payments: Map<string, Kept>
  /** Idempotence keys with what was asked under them. */
  byKey: Map<string, { digest: string; id: string }>
  methods: Map<string, Saved>
  refunds: Map<string, Refund>
  /** Idempotence keys of refunds with what was asked under them. */
  refundsByKey: Map<string, { digest: string; id: string }>
  /** Receipts in the order in which they were asked for. */
  receipts: Receipt[]
  /** Why the bank takes no money back now; undefined: it does. */
  refusesRefunds: string | undefined
  /** The register is away: receipts stay on their way. */
  registerAway: boolean
}

export interface Kept {
  payment: Payment
  /** What it is paid with may be kept. */
  saves: boolean
  /** A decision is with the bank. */
  decided: boolean
}

export function createState(shopId: string, secretKey: string): YooKassaState {
  return {
    shopId,
    secretKey,
    callback: undefined,
    payments: new Map(),
    byKey: new Map(),
    methods: new Map(),
    refunds: new Map(),
    refundsByKey: new Map(),
    receipts: [],
    refusesRefunds: undefined,
    registerAway: false,
  }
}

export const digestOf = (body: NewPayment | NewRefund): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('hex')

/** A new payment that waits for its person, or for the bank. */
export function keepPayment(
  state: YooKassaState,
  asked: NewPayment,
  key: string,
  { origin, now }: { origin: string; now: number },
): Kept {
  const id = randomUUID()
  const { amount, description, metadata } = asked
  const kept: Kept = {
    saves: 'save_payment_method' in asked && asked.save_payment_method,
    decided: false,
    payment: {
      id,
      status: 'pending',
      paid: false,
      amount,
      created_at: new Date(now).toISOString(),
      ...(description !== undefined && { description }),
      ...(metadata && { metadata }),
      ...('confirmation' in asked && {
        confirmation: { ...asked.confirmation, confirmation_url: `${origin}/yookassa/checkout/${id}` },
      }),
      ...(asked.receipt && { receipt_registration: 'pending' as const }),
      recipient: { account_id: state.shopId, gateway_id: '1' },
      refundable: false,
      test: true,
    },
  }
  state.payments.set(id, kept)
  if (asked.receipt) state.receipts.push(asked.receipt)
  state.byKey.set(key, { digest: digestOf(asked), id })
  return kept
}
