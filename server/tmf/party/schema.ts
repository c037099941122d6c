import { z } from 'zod'
import { text } from '../../../contracts/primitives.ts'
import { common } from '../core/common.ts'

const ContactMedium = z.object({
  mediumType: z.string(),
  preferred: z.boolean(),
  characteristic: z.object({ contactType: z.string(), phoneNumber: z.string() }),
})

export const Individual = z.object({
  ...common,
  fullName: z.string(),
  formattedName: z.string(),
  status: z.literal('validated'),
  contactMedium: z.array(ContactMedium),
})

export const Organization = z.object({
  ...common,
  name: z.string(),
  isLegalEntity: z.boolean(),
  organizationType: z.string(),
  status: z.literal('validated'),
  contactMedium: z.array(ContactMedium),
})

const Name = text(200).min(1)
/** Who reaches whom where is proved by the person: a code, a token, a word of the channel. Nobody else can say it. */
const contactMedium = z.never({ error: 'contact points are linked by proof alone' }).optional()

/** What may be changed; anything else is refused rather than ignored. */
export const IndividualChange = z.strictObject({
  fullName: Name,
  contactMedium,
  '@type': z.string().optional(),
})
export const OrganizationChange = z.strictObject({
  name: Name,
  contactMedium,
  '@type': z.string().optional(),
})
