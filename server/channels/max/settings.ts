import { z } from 'zod'
import { type ChannelAccountRow, Greeting } from '../../care/timeline/index.ts'

/** What an administrator sets for a bot. */
export const maxSettings = z.object({
  /** The live service wants the CA of Mintsifry trusted (`NODE_EXTRA_CA_CERTS`). */
  apiBase: z.url({ protocol: /^https?$/ }).default('https://platform-api2.max.ru'),
  /** How updates come: pushed to us, or fetched by us, which MAX allows for development only. */
  mode: z.enum(['webhook', 'polling']).default('webhook'),
  /** The bot's name in links: `https://max.ru/<botName>`. */
  botName: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/)
    .optional(),
  /** What whoever presses Start reads. */
  greeting: Greeting,
})

/** `webhookSecret` is told to MAX by `POST /subscriptions` (5–256 of these characters there; a short one proves little). */
export const maxSecrets = z.object({
  /** Goes into a header: visible ASCII alone. */
  token: z.string().regex(/^[!-~]+$/),
  webhookSecret: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/)
    .optional(),
})

export type MaxBot = z.infer<typeof maxSettings> & z.infer<typeof maxSecrets>

/**
 * The account as a bot.
 * @throws z.ZodError settings or secrets are not complete
 */
export function botOf(account: ChannelAccountRow): MaxBot {
  return { ...maxSettings.parse(account.settings), ...maxSecrets.parse(account.secrets) }
}

/** Are settings and secrets complete? */
export function isSetUp(account: ChannelAccountRow): boolean {
  return maxSettings.safeParse(account.settings).success && maxSecrets.safeParse(account.secrets).success
}
