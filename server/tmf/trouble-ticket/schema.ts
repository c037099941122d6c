import { z } from 'zod'
import { common, DateTime, RelatedParty } from '../core/common.ts'

export const TroubleTicket = z.object({
  ...common,
  externalId: z.string(),
  name: z.string(),
  description: z.string(),
  ticketType: z.string(),
  severity: z.enum(['normal', 'high']),
  status: z.enum(['acknowledged', 'inProgress', 'held', 'resolved', 'cancelled']),
  statusChangeReason: z.string().optional(),
  creationDate: DateTime,
  resolutionDate: DateTime.optional(),
  channel: z.object({ id: z.string(), name: z.string() }),
  relatedParty: z.array(RelatedParty),
})
export type TroubleTicket = z.infer<typeof TroubleTicket>
