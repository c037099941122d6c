import { createHash, timingSafeEqual } from 'node:crypto'
import { type Answer, type Outgoing, Unavailable } from '../../../platform/outgoing/index.ts'
import type { Heard, PaymentProvider, ProviderSaysNo, Reading } from '../provider.ts'
import { kopecksOf, Notification, Payment, roublesOf } from './wire.ts'

export interface YooKassaSettings {
  /** Base address of the API, `https://api.yookassa.ru/v3`. */
  readonly url: string
  readonly shopId: string
  readonly secretKey: string
  /** Stands as `?key=` in the address of notifications that the shop is set to. */
  readonly callbackKey: string
}

const NAME = 'yookassa'
const TIMEOUT_MS = 10_000
const MAX_BYTES = 256 * 1024
/** Under this name our id travels along and comes back. */
const OUR_ID = 'payment_id'
/** On the person's receipt at the bank: no number, no name. */
const DESCRIPTION = 'Пополнение счёта связи'

/**
 * YooKassa's REST API v3. A payment is asked for under an `Idempotence-Key`, which YooKassa keeps for 24 hours. Its notifications are not
 * signed: one that bears the key of our address is a hint, and the payment is read again.
 */
export function createYooKassa(outgoing: Outgoing, settings: YooKassaSettings): PaymentProvider {
  const { url, shopId, secretKey, callbackKey } = settings
  const service = new URL(url).host
  const authorization = `Basic ${Buffer.from(`${shopId}:${secretKey}`).toString('base64')}`

  const post = async (id: string, payment: object): Promise<Reading | ProviderSaysNo> => {
    const answer = await outgoing.request({
      url: `${url}/payments`,
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotence-key': id },
      body: JSON.stringify({
        capture: true,
        description: DESCRIPTION,
        metadata: { [OUR_ID]: id },
        ...payment,
      }),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      expect: isAnswer,
    })
    if (answer.status === 200) return readingOf(paymentIn(answer, service))
    return { no: `provider-${answer.status}` }
  }
  const amountOf = (kopecks: number) => ({ value: roublesOf(kopecks), currency: 'RUB' })

  return {
    name: NAME,
    create: ({ id, kopecks, returnUrl, saves }) =>
      post(id, {
        amount: amountOf(kopecks),
        confirmation: { type: 'redirect', return_url: returnUrl },
        ...(saves && { save_payment_method: true }),
      }),
    charge: ({ id, kopecks, token }) => post(id, { amount: amountOf(kopecks), payment_method_id: token }),
    async read(providerId) {
      const answer = await outgoing.request({
        url: `${url}/payments/${encodeURIComponent(providerId)}`,
        headers: { authorization },
        timeoutMs: TIMEOUT_MS,
        maxBytes: MAX_BYTES,
        expect: (status) => status === 200 || status === 404,
      })
      return answer.status === 404 ? undefined : readingOf(paymentIn(answer, service))
    },
    hear: ({ body, query }) => (isKey(query.key, callbackKey) ? heardOf(body) : { heard: 'forged' }),
  }
}

/**
 * 400, 403 and 404 are a no about this payment. Our own credentials being wrong (401), too many requests, one still under way (202)
 * and failures of theirs are no answer: it is asked again.
 */
const isAnswer = (status: number): boolean => [200, 400, 403, 404].includes(status)

/** The answer came and nobody can read it: as good as none. */
function paymentIn({ body }: Answer, service: string): Payment {
  try {
    return Payment.parse(JSON.parse(body.toString('utf8')))
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
    method: payment_method?.saved
      ? { token: payment_method.id, title: payment_method.title ?? payment_method.id }
      : null,
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The shop may have other payments than ours, named in other ways. */
const ourId = (id: string | undefined): string | null => (id !== undefined && UUID.test(id) ? id : null)

function heardOf(body: Buffer): Heard {
  const said = Notification.safeParse(jsonOf(body))
  if (!said.success) return { heard: 'unreadable' }
  if (!said.data.event.startsWith('payment.')) return { heard: 'other' }
  return { heard: 'hint', providerId: said.data.object.id }
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
