import { z } from 'zod'
import { common, DateTime, RelatedParty, TimePeriod } from '../core/common.ts'

export const PartyInteraction = z.object({
  ...common,
  creationDate: DateTime,
  statusChangeDate: DateTime,
  direction: z.enum(['inbound', 'outbound']),
  status: z.enum(['inProgress', 'completed']),
  reason: z.string(),
  interactionDate: TimePeriod,
  channel: z.array(z.object({ id: z.string(), href: z.string(), name: z.string(), role: z.string() })),
  interactionItem: z.array(
    z.object({
      id: z.string(),
      item: z.object({ id: z.string(), href: z.string(), role: z.string(), '@referredType': z.string() }),
    }),
  ),
  relatedParty: z.array(RelatedParty),
})
export type PartyInteraction = z.infer<typeof PartyInteraction>
