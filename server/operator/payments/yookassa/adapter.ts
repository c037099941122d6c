import { createHash, timingSafeEqual } from 'node:crypto'
import type { z } from 'zod'
import { type Answer, type Outgoing, Unavailable } from '../../../platform/outgoing/index.ts'
import type { Heard, PaymentProvider, ProviderSaysNo, Reading, RefundReading } from '../provider.ts'
import { kopecksOf, Notification, Payment, Refund, roublesOf } from './wire.ts'

export interface YooKassaSettings {
  /** Base address of the API, `https://api.yookassa.ru/v3`. */
  readonly url: string
  readonly shopId: string
  readonly secretKey: string
  /** Stands as `?key=` in the address of notifications that the shop is set to. */
  readonly callbackKey: string
  /** Fiscal receipts (54-FZ) through YooKassa's register; absent: they are made elsewhere. */
  readonly receipts?: ReceiptSettings | undefined
}

/** Codes as YooKassa numbers them. */
export interface ReceiptSettings {
  /** Of the VAT on advances, 1–12. */
  readonly vatCode: number
  /** Of the shop's tax system, 1–6; absent: the register knows. */
  readonly taxSystemCode?: number | undefined
}

const NAME = 'yookassa'
const TIMEOUT_MS = 10_000
const MAX_BYTES = 256 * 1024
/** Under this name our id travels along and comes back. */
const OUR_ID = 'payment_id'
const OUR_REFUND = 'refund_id'
/** On the person's receipt at the bank: no number, no name. */
const DESCRIPTION = 'Пополнение счёта связи'
const REFUND_DESCRIPTION = 'Возврат пополнения счёта связи'

/**
 * YooKassa's REST API v3. A payment is asked for under an `Idempotence-Key`, which YooKassa keeps for 24 hours. Its notifications are not
 * signed: one that bears the key of our address is a hint, and the payment is read again.
 */
export function createYooKassa(outgoing: Outgoing, settings: YooKassaSettings): PaymentProvider {
  const { url, shopId, secretKey, callbackKey, receipts } = settings
  const service = new URL(url).host
  const authorization = `Basic ${Buffer.from(`${shopId}:${secretKey}`).toString('base64')}`

  const ask = (path: string, id: string, body: object): Promise<Answer> =>
    outgoing.request({
      url: `${url}/${path}`,
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotence-key': id },
      body: JSON.stringify(body),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      expect: isAnswer,
    })
  const look = (path: string, providerId: string): Promise<Answer> =>
    outgoing.request({
      url: `${url}/${path}/${encodeURIComponent(providerId)}`,
      headers: { authorization },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      expect: (status) => status === 200 || status === 404,
    })
  const pay = async (id: string, payment: object): Promise<Reading | ProviderSaysNo> => {
    const common = { capture: true, description: DESCRIPTION, metadata: { [OUR_ID]: id } }
    const answer = await ask('payments', id, { ...common, ...payment })
    return answer.status === 200 ? readingOf(read(Payment, answer, service)) : noOf(answer)
  }
  const withReceipt = (kopecks: number, to: string | null) =>
    receipts && to !== null ? { receipt: receiptOf(receipts, kopecks, to) } : {}

  return {
    name: NAME,
    sendsReceipts: receipts !== undefined,
    create: ({ id, kopecks, returnUrl, saves, receiptTo }) =>
      pay(id, {
        amount: amountOf(kopecks),
        confirmation: { type: 'redirect', return_url: returnUrl },
        ...(saves && { save_payment_method: true }),
        ...withReceipt(kopecks, receiptTo),
      }),
    charge: ({ id, kopecks, token, receiptTo }) =>
      pay(id, {
        amount: amountOf(kopecks),
        payment_method_id: token,
        ...withReceipt(kopecks, receiptTo),
      }),
    async read(providerId) {
      const answer = await look('payments', providerId)
      return answer.status === 404 ? undefined : readingOf(read(Payment, answer, service))
    },
    async refund({ id, paymentProviderId, kopecks, receiptTo }) {
      const answer = await ask('refunds', id, {
        payment_id: paymentProviderId,
        amount: amountOf(kopecks),
        description: REFUND_DESCRIPTION,
        metadata: { [OUR_REFUND]: id },
        ...withReceipt(kopecks, receiptTo),
      })
      return answer.status === 200 ? refundOf(read(Refund, answer, service)) : noOf(answer)
    },
    async readRefund(providerId) {
      const answer = await look('refunds', providerId)
      return answer.status === 404 ? undefined : refundOf(read(Refund, answer, service))
    },
    hear: ({ body, query }) => (isKey(query.key, callbackKey) ? heardOf(body) : { heard: 'forged' }),
  }
}

/**
 * 400, 403 and 404 are a no about this payment. Our own credentials being wrong (401), too many requests, one still under way (202)
 * and failures of theirs are no answer: it is asked again.
 */
const isAnswer = (status: number): boolean => [200, 400, 403, 404].includes(status)

const noOf = ({ status }: Answer): ProviderSaysNo => ({ no: `provider-${status}` })

const amountOf = (kopecks: number) => ({ value: roublesOf(kopecks), currency: 'RUB' })

/** What the register prints: money in advance for a service. It is sent by the register to where it says. */
function receiptOf({ vatCode, taxSystemCode }: ReceiptSettings, kopecks: number, to: string) {
  return {
    customer: to.includes('@') ? { email: to } : { phone: to },
    items: [
      {
        description: DESCRIPTION,
        quantity: '1.00',
        amount: amountOf(kopecks),
        vat_code: vatCode,
        payment_mode: 'advance',
        payment_subject: 'payment',
      },
    ],
    ...(taxSystemCode !== undefined && { tax_system_code: taxSystemCode }),
  }
}

/** The answer came and nobody can read it: as good as none. */
function read<T>(schema: z.ZodType<T>, { body }: Answer, service: string): T {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')))
  } catch (cause) {
    throw new Unavailable(service, { reason: 'unreadable answer', mayHaveArrived: true, cause })
  }
}

const STATES = {
  pending: 'waiting',
  waiting_for_capture: 'waiting',
  succeeded: 'succeeded',
  canceled: 'failed',
} as const satisfies Record<Payment['status'], Reading['state']>

/** Nobody came to pay: not the same as a no of the bank. */
const EXPIRED = 'expired_on_confirmation'

function readingOf(payment: Payment): Reading {
  const { id, status, amount, confirmation, payment_method, cancellation_details, metadata } = payment
  const { receipt_registration } = payment
  const reason = cancellation_details?.reason ?? null
  return {
    providerId: id,
    id: ourId(metadata?.[OUR_ID]),
    state: reason === EXPIRED ? 'expired' : STATES[status],
    reason: reason?.replaceAll('_', '-') ?? null,
    // No amount of ours is nothing.
    kopecks: kopecksOf(amount.value) ?? 0,
    currency: amount.currency,
    redirectUrl: confirmation?.confirmation_url ?? null,
    receipt: receipt_registration ? RECEIPTS[receipt_registration] : null,
    method: payment_method?.saved
      ? { token: payment_method.id, title: payment_method.title ?? payment_method.id }
      : null,
  }
}

const RECEIPTS = { pending: 'pending', succeeded: 'succeeded', canceled: 'failed' } as const
const REFUND_STATES = { pending: 'waiting', succeeded: 'succeeded', canceled: 'failed' } as const

const refundOf = ({ id, status, amount, cancellation_details, metadata }: Refund): RefundReading => ({
  providerId: id,
  id: ourId(metadata?.[OUR_REFUND]),
  state: REFUND_STATES[status],
  reason: cancellation_details?.reason.replaceAll('_', '-') ?? null,
  kopecks: kopecksOf(amount.value) ?? 0,
  currency: amount.currency,
})

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The shop may have other payments than ours, named in other ways. */
const ourId = (id: string | undefined): string | null => (id !== undefined && UUID.test(id) ? id : null)

function heardOf(body: Buffer): Heard {
  const said = Notification.safeParse(jsonOf(body))
  if (!said.success) return { heard: 'unreadable' }
  const { event, object } = said.data
  if (event.startsWith('refund.')) return { heard: 'hint', about: 'refund', providerId: object.id }
  if (!event.startsWith('payment.')) return { heard: 'other' }
  return { heard: 'hint', about: 'payment', providerId: object.id }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

/** In constant time, whatever its length. */
const isKey = (given: unknown, key: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(key))
