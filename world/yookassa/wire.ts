import { z } from 'zod'

/** What of YooKassa's API v3 this stand-in understands; amounts are text with two decimals. */
const amount = z.object({ value: z.string().regex(/^\d{1,9}\.\d\d$/), currency: z.literal('RUB') })
const common = {
  amount,
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
