import { z } from 'zod'
import { common, DateTime, Money, Ref, RelatedParty, TimePeriod } from '../core/common.ts'

const account = {
  ...common,
  name: z.string(),
  accountType: z.string(),
  state: z.string(),
  lastModified: DateTime.optional(),
  relatedParty: z.array(RelatedParty),
}

export const BillingAccount = z.object({
  ...account,
  paymentStatus: z.enum(['paid', 'due']),
  accountBalance: z.array(z.object({ balanceType: z.string(), amount: Money, validFor: TimePeriod })),
})
export type BillingAccount = z.infer<typeof BillingAccount>

export const PartyAccount = z.object({
  ...account,
  accountRelationship: z.array(
    z.object({ relationshipType: z.string(), account: Ref, validFor: TimePeriod }),
  ),
})
export type PartyAccount = z.infer<typeof PartyAccount>
