import { z } from 'zod'
import { ChargeCategory } from '../../../contracts/lines.ts'
import { Characteristic, common, DateTime, Money, Ref, RelatedParty, TimePeriod } from '../core/common.ts'

export const CustomerBill = z.object({
  ...common,
  billNo: z.string(),
  billDate: DateTime,
  category: z.literal('normal'),
  runType: z.literal('onCycle'),
  lastUpdate: DateTime,
  state: z.enum(['new', 'settled']),
  billingAccount: Ref,
  billingPeriod: TimePeriod,
  relatedParty: z.array(RelatedParty),
  amountDue: Money,
  remainingAmount: Money,
  taxIncludedAmount: Money,
})
export type CustomerBill = z.infer<typeof CustomerBill>

export const AppliedCustomerBillingRate = z.object({
  ...common,
  date: DateTime,
  name: z.string(),
  type: ChargeCategory,
  isBilled: z.boolean(),
  bill: z.object({ id: z.string(), href: z.string(), '@referredType': z.string() }),
  billingAccount: Ref,
  taxIncludedAmount: Money,
  characteristic: z.array(Characteristic),
})
export type AppliedCustomerBillingRate = z.infer<typeof AppliedCustomerBillingRate>
