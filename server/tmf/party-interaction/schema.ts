import { z } from 'zod'
import { text } from '../../../contracts/primitives.ts'
import { common, DateTime, RelatedParty, TimePeriod } from '../core/common.ts'
import { PeopleTold } from '../core/persons.ts'

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

const At = z.iso.datetime({ offset: true })

/** An interaction that was held elsewhere and is over. */
export const InteractionTold = z.looseObject({
  description: text(4_000).optional(),
  reason: text(200).min(1),
  status: z.literal('completed'),
  direction: z.enum(['inbound', 'outbound']),
  channel: z
    .array(
      z.looseObject({ id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'small letters, digits and hyphens') }),
    )
    .min(1)
    .max(1),
  interactionDate: z.looseObject({ startDateTime: At, endDateTime: At.optional() }),
  relatedParty: PeopleTold,
})
export type InteractionTold = z.infer<typeof InteractionTold>
