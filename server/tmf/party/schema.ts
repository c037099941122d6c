import { z } from 'zod'
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
