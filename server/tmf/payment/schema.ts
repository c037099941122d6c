import { z } from 'zod'
import { text } from '../../../contracts/primitives.ts'
import { common, DateTime, Money, Ref } from '../core/common.ts'

export const Payment = z.object({
  ...common,
  name: z.string(),
  correlatorId: z.string().optional(),
  authorizationCode: z.string().optional(),
  status: z.enum(['pendingAuthorization', 'done', 'denied', 'canceled', 'unknown']),
  statusDate: DateTime,
  paymentDate: DateTime.optional(),
  account: Ref,
  amount: Money,
  totalAmount: Money,
  channel: z.object({ id: z.string(), name: z.string() }),
  paymentMethod: z.object({ '@type': z.string(), name: z.string() }),
})
export type Payment = z.infer<typeof Payment>

const Word = text(100).min(1)

/** What another system tells of money that it has received. Who paid is not kept: the money is the line's. */
export const PaymentTold = z.looseObject({
  correlatorId: text(200).min(1).optional(),
  authorizationCode: text(200).min(1).optional(),
  account: z.looseObject({ id: text(100).min(1) }),
  totalAmount: z.object({ unit: z.string(), value: z.number().positive() }),
  paymentMethod: z
    .looseObject({ '@type': Word.optional(), name: Word.optional() })
    .refine((method) => method['@type'] ?? method.name, 'its @type or name is missing'),
  channel: z.looseObject({ id: Word }).optional(),
})
export type PaymentTold = z.infer<typeof PaymentTold>
