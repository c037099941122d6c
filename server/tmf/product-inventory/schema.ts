import { z } from 'zod'
import { LineSettings } from '../../../contracts/lines.ts'
import { Characteristic, common, DateTime, Money, Ref, RelatedParty, TimePeriod } from '../core/common.ts'

/** The characteristic of a line that holds what its people have set, and its shape. */
export const SETTINGS = 'settings'
export const Settings = LineSettings.omit({ asOf: true })

export const Product = z.object({
  ...common,
  name: z.string(),
  description: z.string(),
  isBundle: z.boolean(),
  isCustomerVisible: z.boolean(),
  status: z.enum(['active', 'suspended', 'pendingTerminate', 'terminated']),
  productSerialNumber: z.string(),
  startDate: DateTime.optional(),
  billingAccount: Ref,
  productOffering: Ref,
  productPrice: z.array(
    z.object({
      name: z.string(),
      priceType: z.enum(['recurring', 'oneTime']),
      recurringChargePeriod: z.string().optional(),
      price: z.object({ taxIncludedAmount: Money }),
    }),
  ),
  productTerm: z.array(z.object({ name: z.string(), validFor: TimePeriod })),
  productCharacteristic: z.array(Characteristic),
  productRelationship: z.array(
    z.object({ relationshipType: z.string(), product: z.object({ id: z.string(), href: z.string() }) }),
  ),
  relatedParty: z.array(RelatedParty),
})
export type Product = z.infer<typeof Product>
