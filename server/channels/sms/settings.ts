import { z } from 'zod'
import type { ChannelAccountRow } from '../../care/timeline/index.ts'

/** What an administrator sets for an SMS centre. */
export const smsSettings = z.object({
  apiBase: z.url({ protocol: /^https?$/ }),
  /** Who it comes from: up to 11 Latin letters and digits, or a number; to be registered with the operator. */
  sender: z.string().regex(/^([A-Za-z0-9 ]{1,11}|\d{3,15})$/),
})

/** `webhookSecret` is told to the centre, which signs its events by it. */
export const smsSecrets = z.object({
  token: z.string().regex(/^[!-~]+$/),
  webhookSecret: z.string().min(16).max(256).optional(),
})

export type SmsCentre = z.infer<typeof smsSettings> & z.infer<typeof smsSecrets>

/**
 * The account as an SMS centre.
 * @throws z.ZodError settings or secrets are not complete
 */
export function centreOf(account: ChannelAccountRow): SmsCentre {
  return { ...smsSettings.parse(account.settings), ...smsSecrets.parse(account.secrets) }
}

export function isSetUp(account: ChannelAccountRow): boolean {
  return smsSettings.safeParse(account.settings).success && smsSecrets.safeParse(account.secrets).success
}
