import { z } from 'zod'
import { text } from '../../../contracts/primitives.ts'
import { common, DateTime, RelatedParty } from '../core/common.ts'
import { PeopleTold } from '../core/persons.ts'

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

/** A matter that another system brings. `severity` is told by what happens to the conversation, not by who brings it. */
export const TicketAsked = z.looseObject({
  externalId: text(200).min(1).optional(),
  description: text(4_000).min(1),
  ticketType: text(200).min(1),
  severity: text(100).min(1),
  relatedParty: PeopleTold,
})
export type TicketAsked = z.infer<typeof TicketAsked>

/** What may be changed. Anything else is refused rather than ignored: a conversation is worked on at the desk. */
export const TicketChange = z.strictObject({
  status: z.enum(['resolved', 'closed', 'acknowledged', 'inProgress']),
  statusChangeReason: text(100).optional(),
  '@type': z.string().optional(),
})
export type TicketChange = z.infer<typeof TicketChange>
