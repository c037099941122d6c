import { z } from 'zod'
import { Characteristic, common, DateTime } from '../core/common.ts'
import { ItemAsked } from '../product-ordering/schema.ts'

const Result = z.enum(['qualified', 'unqualified'])

export const ProductOfferingQualification = z.object({
  ...common,
  instantSyncQualification: z.literal(true),
  productOfferingQualificationDate: DateTime,
  state: z.literal('done'),
  qualificationResult: Result,
  productOfferingQualificationItem: z.array(
    z.object({
      id: z.string(),
      state: z.literal('done'),
      qualificationItemResult: Result,
      eligibilityUnavailabilityReason: z.array(z.object({ code: z.string(), label: z.string() })),
      product: z.object({
        id: z.string(),
        href: z.string(),
        productCharacteristic: z.array(Characteristic),
      }),
    }),
  ),
})
export type ProductOfferingQualification = z.infer<typeof ProductOfferingQualification>

export const QualificationAsked = z.looseObject({
  productOfferingQualificationItem: z.array(ItemAsked).min(1),
})

/** The characteristic that holds what an order would do, as our own API tells it. */
export const PREVIEW = 'preview'
