import { z } from 'zod'

/** What we rely on of YooKassa's API v3 (https://yookassa.ru/developers/api): more may stand there. */
export const Amount = z.object({ value: z.string(), currency: z.string() })

const Registration = z.enum(['pending', 'succeeded', 'canceled'])

export const Payment = z.object({
  id: z.string().min(1),
  status: z.enum(['pending', 'waiting_for_capture', 'succeeded', 'canceled']),
  amount: Amount,
  confirmation: z.object({ type: z.string(), confirmation_url: z.string().optional() }).optional(),
  payment_method: z
    .object({ id: z.string().min(1), saved: z.boolean().default(false), title: z.string().optional() })
    .optional(),
  cancellation_details: z.object({ party: z.string(), reason: z.string() }).optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  receipt_registration: Registration.optional(),
})
export type Payment = z.infer<typeof Payment>

export const Refund = z.object({
  id: z.string().min(1),
  payment_id: z.string().min(1),
  status: z.enum(['pending', 'succeeded', 'canceled']),
  amount: Amount,
  cancellation_details: z.object({ party: z.string(), reason: z.string() }).optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  receipt_registration: Registration.optional(),
})
export type Refund = z.infer<typeof Refund>

export const Notification = z.object({
  type: z.literal('notification'),
  event: z.string(),
  object: z.looseObject({ id: z.string().min(1) }),
})

const KOPECKS = /^(\d{1,12})\.(\d\d)$/

/** 300.00 → 30000. undefined: not an amount of money. */
export function kopecksOf(value: string): number | undefined {
  const [, roubles, kopecks] = KOPECKS.exec(value) ?? []
  return roubles === undefined || kopecks === undefined ? undefined : Number(roubles) * 100 + Number(kopecks)
}

/** 30000 → 300.00 */
export const roublesOf = (kopecks: number): string =>
  `${Math.trunc(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`
