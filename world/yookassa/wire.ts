import { z } from 'zod'

/** What of YooKassa's API v3 this stand-in understands; amounts are text with two decimals. */
const amount = z.object({ value: z.string().regex(/^\d{1,9}\.\d\d$/), currency: z.literal('RUB') })
/** What a register prints; it is sent by it to one of the two. */
const receipt = z.object({
  customer: z
    .object({
      email: z.email().optional(),
      phone: z
        .string()
        .regex(/^\d{11}$/)
        .optional(),
    })
    .refine(({ email, phone }) => email !== undefined || phone !== undefined),
  items: z
    .array(
      z.object({
        description: z.string().min(1).max(128),
        quantity: z.string(),
        amount,
        vat_code: z.number().int().min(1).max(12),
        payment_mode: z.string().optional(),
        payment_subject: z.string().optional(),
      }),
    )
    .min(1)
    .max(100),
  tax_system_code: z.number().int().min(1).max(6).optional(),
})
export type Receipt = z.infer<typeof receipt>

export const newRefund = z.object({
  payment_id: z.string().min(1),
  amount,
  description: z.string().max(250).optional(),
  metadata: z.record(z.string().max(32), z.string().max(512)).optional(),
  receipt: receipt.optional(),
})
export type NewRefund = z.infer<typeof newRefund>

/** A refund as the API tells it. */
export interface Refund {
  id: string
  payment_id: string
  status: 'pending' | 'succeeded' | 'canceled'
  amount: { value: string; currency: string }
  created_at: string
  description?: string
  metadata?: Record<string, string>
  cancellation_details?: { party: 'yoo_money' | 'payment_network'; reason: string }
  receipt_registration?: 'pending' | 'succeeded' | 'canceled'
}

const common = {
  amount,
  receipt: receipt.optional(),
  capture: z.boolean().default(false),
  description: z.string().max(128).optional(),
  metadata: z.record(z.string().max(32), z.string().max(512)).optional(),
}

export const newPayment = z.union([
  z.object({
    ...common,
    confirmation: z.object({ type: z.literal('redirect'), return_url: z.url().max(2048) }),
    save_payment_method: z.boolean().default(false),
  }),
  z.object({ ...common, payment_method_id: z.string().min(1) }),
])
export type NewPayment = z.infer<typeof newPayment>

export interface PaymentMethod {
  type: 'bank_card'
  id: string
  saved: boolean
  title: string
  card: { last4: string; card_type: 'Mir'; issuer_country: 'RU' }
}

/** A payment as the API tells it. */
export interface Payment {
  id: string
  status: 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled'
  paid: boolean
  amount: { value: string; currency: string }
  created_at: string
  captured_at?: string
  description?: string
  metadata?: Record<string, string>
  confirmation?: { type: 'redirect'; return_url: string; confirmation_url: string }
  payment_method?: PaymentMethod
  cancellation_details?: { party: 'yoo_money' | 'payment_network' | 'merchant'; reason: string }
  recipient: { account_id: string; gateway_id: string }
  refundable: boolean
  refunded_amount?: { value: string; currency: string }
  receipt_registration?: 'pending' | 'succeeded' | 'canceled'
  test: true
}

/** Cards that people of this world have: no number is ever asked for. */
export const cards = {
  good: { last4: '4477', ru: 'Мир •• 4477 · денег хватает', en: 'Mir •• 4477 · has money' },
  empty: { last4: '0002', ru: 'Мир •• 0002 · денег нет', en: 'Mir •• 0002 · has no money' },
  once: {
    last4: '0119',
    ru: 'Мир •• 0119 · хватит на один раз',
    en: 'Mir •• 0119 · has money once',
  },
} as const
export type Card = keyof typeof cards
export const isCard = (name: string): name is Card => Object.hasOwn(cards, name)
