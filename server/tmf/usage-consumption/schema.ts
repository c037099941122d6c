import { z } from 'zod'
import { text } from '../../../contracts/primitives.ts'
import { common, DateTime, Quantity, Ref, RelatedParty, TimePeriod } from '../core/common.ts'

const Counter = z.object({
  counterType: z.enum(['used', 'initial']),
  level: z.literal('global'),
  value: Quantity,
})
const Resource = z.object({ id: z.string(), name: z.string(), '@referredType': z.string() })

/** The report of TMF677 4.0.0. */
export const UsageConsumptionReport = z.object({
  ...common,
  name: z.string(),
  description: z.string(),
  effectiveDate: DateTime,
  relatedParty: RelatedParty.optional(),
  bucket: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      isShared: z.boolean(),
      usageType: z.string(),
      bucketBalance: z.array(
        z.object({ remainingValue: Quantity, remainingValueName: z.string(), validFor: TimePeriod }),
      ),
      bucketCounter: z.array(Counter),
      product: z.array(
        z.object({ id: z.string(), href: z.string(), name: z.string(), publicIdentifier: z.string() }),
      ),
    }),
  ),
})
export type UsageConsumptionReport = z.infer<typeof UsageConsumptionReport>

const UsageConsumption = z.object({
  ...common,
  name: z.string(),
  lastUpdate: DateTime,
  state: z.literal('done'),
  logicalResource: z.array(Resource),
  product: z.array(Ref),
  relatedParty: z.array(RelatedParty),
  bucketRefOrValue: z.array(
    z.object({
      id: z.string(),
      href: z.string(),
      name: z.string(),
      description: z.string(),
      isShared: z.boolean(),
      usageType: z.string(),
      remainingValue: Quantity,
      remainingValueName: z.string(),
      bucketCounter: z.array(Counter),
      validFor: TimePeriod,
    }),
  ),
})

/** The query of TMF677 4.0.1, answered at once. */
export const QueryUsageConsumption = z.object({
  ...common,
  queryUsageConsumptionDate: DateTime,
  searchCriteria: z.object({ logicalResource: z.array(Resource) }),
  usageConsumption: z.array(UsageConsumption),
})
export type QueryUsageConsumption = z.infer<typeof QueryUsageConsumption>

const Named = z.array(z.looseObject({ id: text(100).min(1) })).min(1)

/** Whose usage: a number, or a line by its product. */
export const QueryAsked = z.looseObject({
  searchCriteria: z.looseObject({ logicalResource: Named.optional(), product: Named.optional() }),
})
