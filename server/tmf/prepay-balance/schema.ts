import { z } from 'zod'
import { common, Quantity, Ref, RelatedParty, TimePeriod } from '../core/common.ts'

const UsageType = z.enum(['monetary', 'voice', 'data', 'sms'])
const LogicalResource = z.object({ id: z.string(), name: z.string(), '@referredType': z.string() })
const whose = { partyAccount: Ref, product: z.array(Ref), relatedParty: z.array(RelatedParty) }

/** `initialValue` is ours, hence the `@type` `PackageBucket` with TM Forum's as its base. */
export const Bucket = z.object({
  ...common,
  ...whose,
  '@baseType': z.string().optional(),
  name: z.string(),
  description: z.string(),
  isShared: z.boolean(),
  status: z.enum(['active', 'suspended', 'expired']),
  usageType: UsageType,
  logicalResource: z.array(LogicalResource),
  remainingValue: Quantity,
  remainingValueName: z.string(),
  reservedValue: Quantity.optional(),
  initialValue: Quantity.optional(),
  validFor: TimePeriod.optional(),
})
export type Bucket = z.infer<typeof Bucket>

export const AccumulatedBalance = z.object({
  ...common,
  ...whose,
  name: z.string(),
  description: z.string(),
  logicalResource: LogicalResource,
  bucket: z.array(Ref),
  totalBalance: Quantity,
})
export type AccumulatedBalance = z.infer<typeof AccumulatedBalance>

/** The part of a line that is its money. */
export const MONEY = 'money'
export const UNLIMITED = 'unlimited'
