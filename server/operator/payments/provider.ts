import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whoever takes people's money for us. The narrow port that an adapter of one provider implements.
 *
 * - Asking for a payment names it by our id: however often it is asked, the provider makes one.
 * - `Unavailable` is thrown when the provider is away, slow, or its answer was lost: nobody knows, it is asked again. A plain no is an answer.
 * - A callback is proof only where it is signed; else it is a hint, and the payment is read again.
 * - No number of a card comes here: people give it to the provider alone.
 */
export interface PaymentProvider {
  /** Stands in rows, in the ledger's account (`payments:yookassa`) and in the address of the callback. */
  readonly name: string
  /** Asks for a payment that a person makes on the provider's page. */
  create(payment: NewPayment): Promise<Reading | ProviderSaysNo>
  /** Charges what somebody saved and agreed to have charged. */
  charge(payment: NewCharge): Promise<Reading | ProviderSaysNo>
  /** Gives a payment, or a part of it, back to what it was paid with. */
  refund(refund: NewRefund): Promise<RefundReading | ProviderSaysNo>
  /** How a refund stands; undefined: the provider knows none of that name. */
  readRefund(providerId: string): Promise<RefundReading | undefined>
  /** Whether it registers fiscal receipts and sends them, if it is told where. */
  readonly sendsReceipts: boolean
  /** How a payment stands; undefined: the provider knows none of that name. */
  read(providerId: string): Promise<Reading | undefined>
  /** What a callback says, and whether it is theirs. Compares secrets in constant time. */
  hear(callback: Callback): Heard
}

export interface NewPayment {
  /** Ours; the key that makes a repeat the same payment. */
  readonly id: string
  readonly kopecks: number
  /** Where the provider sends the person afterwards. */
  readonly returnUrl: string
  /** What is paid with is to be kept there, for charges by itself; the person agreed. */
  readonly saves: boolean
  /** Where the fiscal receipt goes, an e-mail address or a number; null: none is wanted. */
  readonly receiptTo: string | null
}

export interface NewCharge {
  readonly id: string
  readonly kopecks: number
  /** The provider's name for what was saved. */
  readonly token: string
  readonly receiptTo: string | null
}

export interface NewRefund {
  /** Ours; the key that makes a repeat the same refund. */
  readonly id: string
  /** The provider's name for what was paid. */
  readonly paymentProviderId: string
  readonly kopecks: number
  readonly receiptTo: string | null
}

/** A refund as the provider tells it. */
export interface RefundReading {
  readonly providerId: string
  /** Our id, as we gave it along; null: the refund is none of ours. */
  readonly id: string | null
  readonly state: 'waiting' | 'succeeded' | 'failed'
  readonly reason: string | null
  readonly kopecks: number
  readonly currency: string
}

/** The provider will not make this payment, and has not. */
export interface ProviderSaysNo {
  readonly no: string
}

/** A payment as the provider tells it. */
export interface Reading {
  readonly providerId: string
  /** Our id, as we gave it along; null: the payment is none of ours. */
  readonly id: string | null
  readonly state: 'waiting' | 'succeeded' | 'failed' | 'expired'
  readonly reason: string | null
  readonly kopecks: number
  /** ISO 4217. */
  readonly currency: string
  readonly redirectUrl: string | null
  /** The fiscal receipt's registration; null: none was asked for. */
  readonly receipt: 'pending' | 'succeeded' | 'failed' | null
  /** What was saved with it; null: nothing. */
  readonly method: { readonly token: string; readonly title: string } | null
}

/** A callback as it came, before anybody believed it. */
export interface Callback {
  readonly body: Buffer
  readonly headers: IncomingHttpHeaders
  readonly query: Readonly<Record<string, unknown>>
}

export type Heard =
  /** Not theirs: a wrong signature or secret. */
  | { readonly heard: 'forged' }
  | { readonly heard: 'unreadable' }
  /** Theirs, and about nothing that we keep. */
  | { readonly heard: 'other' }
  /** Signed: it is so. */
  | { readonly heard: 'proof'; readonly reading: Reading }
  /** Not signed: the payment is to be read again. */
  | { readonly heard: 'hint'; readonly about: 'payment' | 'refund'; readonly providerId: string }

export const saysNo = (answer: Reading | ProviderSaysNo): answer is ProviderSaysNo => 'no' in answer
