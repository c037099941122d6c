import { z } from 'zod'
import { Id, text } from '../../../contracts/primitives.ts'
import { Characteristic, common, DateTime, Money, Ref } from '../core/common.ts'

export const OrderStateName = z.enum([
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'completed',
  'failed',
])

const OrderPrice = z.object({
  name: z.string(),
  priceType: z.enum(['oneTime', 'recurring']),
  recurringChargePeriod: z.string().optional(),
  price: z.object({ taxIncludedAmount: Money }),
})

export const ProductOrder = z.object({
  ...common,
  externalId: z.string().optional(),
  category: z.string(),
  state: OrderStateName,
  orderDate: DateTime,
  expectedCompletionDate: DateTime.optional(),
  completionDate: DateTime.optional(),
  cancellationReason: z.string().optional(),
  billingAccount: Ref,
  channel: z.array(z.object({ id: z.string(), name: z.string() })),
  note: z.array(z.object({ author: z.string(), text: z.string() })),
  orderTotalPrice: z.array(OrderPrice),
  relatedParty: z.array(
    z.object({ id: z.string(), name: z.string(), role: z.string(), '@referredType': z.string() }),
  ),
  productOrderItem: z.array(
    z.object({
      id: z.string(),
      action: z.enum(['add', 'modify', 'delete']),
      state: OrderStateName,
      productOffering: Ref.optional(),
      product: z.object({
        id: z.string(),
        href: z.string(),
        productCharacteristic: z.array(Characteristic),
      }),
    }),
  ),
})
export type ProductOrder = z.infer<typeof ProductOrder>

export const CancelProductOrder = z.object({
  ...common,
  cancellationReason: z.string().optional(),
  effectiveCancellationDate: DateTime.optional(),
  state: z.literal('done'),
  productOrder: Ref,
})

/** The characteristic that holds an order as we have it: every kind of order can be asked for by it. */
export const REQUEST = 'request'
/** The characteristic that holds what an order does, as our own API tells it. */
export const EFFECTS = 'effects'
/** The characteristic that says when a tariff changes: `now` or `period-end`. */
export const WHEN = 'when'

const Named = z.looseObject({ id: text(200).min(1) })

/** One thing that is asked for, in an order or a check before one. */
export const ItemAsked = z.looseObject({
  id: text(100).min(1),
  action: z.enum(['add', 'modify', 'delete']),
  productOffering: Named.optional(),
  product: z
    .looseObject({
      id: text(200).optional(),
      billingAccount: Named.optional(),
      productCharacteristic: z
        .array(z.looseObject({ name: text(100), value: z.unknown() }))
        .max(20)
        .optional(),
    })
    .optional(),
})
export type ItemAsked = z.infer<typeof ItemAsked>

export const ProductOrderAsked = z.looseObject({
  externalId: text(200).min(1).optional(),
  billingAccount: Named.optional(),
  productOrderItem: z.array(ItemAsked).min(1),
  /** The check (TMF679) whose result was agreed to. */
  productOfferingQualification: z
    .array(z.looseObject({ id: text(100) }))
    .max(1)
    .optional(),
})
export type ProductOrderAsked = z.infer<typeof ProductOrderAsked>

export const CancellationAsked = z.looseObject({
  cancellationReason: text(400).optional(),
  productOrder: z.looseObject({ id: Id }),
})
