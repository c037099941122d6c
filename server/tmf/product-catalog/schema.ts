import { z } from 'zod'
import { common, DateTime, Money, Quantity, Ref, TimePeriod } from '../core/common.ts'

const lifecycle = {
  description: z.string().optional(),
  lastUpdate: DateTime.optional(),
  lifecycleStatus: z.string(),
  name: z.string(),
  version: z.string().optional(),
}

export const Catalog = z.object({ ...common, ...lifecycle, catalogType: z.string(), category: z.array(Ref) })

export const Category = z.object({
  ...common,
  ...lifecycle,
  isRoot: z.boolean(),
  parentId: z.string().optional(),
  subCategory: z.array(Ref),
  productOffering: z.array(Ref),
})

const CharacteristicValue = z.object({ value: z.unknown(), unitOfMeasure: z.string().optional() })

export const ProductOffering = z.object({
  ...common,
  ...lifecycle,
  isBundle: z.boolean(),
  isSellable: z.boolean(),
  validFor: TimePeriod,
  category: z.array(Ref),
  productOfferingPrice: z.array(Ref),
  productOfferingRelationship: z.array(
    z.object({ id: z.string(), href: z.string(), name: z.string(), relationshipType: z.string() }),
  ),
  productOfferingTerm: z.array(z.object({ name: z.string(), duration: Quantity })),
  prodSpecCharValueUse: z.array(
    z.object({
      name: z.string(),
      valueType: z.string(),
      productSpecCharacteristicValue: z.array(CharacteristicValue),
    }),
  ),
})
export type ProductOffering = z.infer<typeof ProductOffering>

export const ProductOfferingPrice = z.object({
  ...common,
  ...lifecycle,
  isBundle: z.boolean(),
  priceType: z.enum(['recurring', 'oneTime', 'usage', 'discount']),
  price: Money.optional(),
  percentage: z.number().optional(),
  recurringChargePeriodType: z.string().optional(),
  recurringChargePeriodLength: z.number().int().optional(),
  unitOfMeasure: Quantity.optional(),
})
export type ProductOfferingPrice = z.infer<typeof ProductOfferingPrice>

/** The characteristic that holds an offering as we have it, nothing left out. */
export const TERMS = 'terms'
