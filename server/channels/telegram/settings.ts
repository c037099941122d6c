import { z } from 'zod'
import { type ChannelAccountRow, Greeting } from '../../care/timeline/index.ts'

/** What an administrator sets for a bot. */
export const telegramSettings = z.object({
  /** Without the token; another one for a Bot API server of one's own. */
  apiBase: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
  /** How updates come: pushed to us, or fetched by us where nobody can reach us from outside. */
  mode: z.enum(['webhook', 'polling']).default('webhook'),
  /** The bot's username without @: what start links are made of. */
  botName: z
    .string()
    .regex(/^[A-Za-z0-9_]{1,64}$/)
    .optional(),
  /** What whoever presses Start reads. */
  greeting: Greeting,
})

/** `webhookSecret` is told to Telegram by `setWebhook` (1–256 of these characters there; a short one proves little). */
export const telegramSecrets = z.object({
  token: z.string().regex(/^\d+:[A-Za-z0-9_-]+$/),
  webhookSecret: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/)
    .optional(),
})

export type TelegramBot = z.infer<typeof telegramSettings> & z.infer<typeof telegramSecrets>

/**
 * The account as a bot.
 * @throws z.ZodError settings or secrets are not complete
 */
export function botOf(account: ChannelAccountRow): TelegramBot {
  return { ...telegramSettings.parse(account.settings), ...telegramSecrets.parse(account.secrets) }
}

/** Are settings and secrets complete? */
export function isSetUp(account: ChannelAccountRow): boolean {
  return (
    telegramSettings.safeParse(account.settings).success && telegramSecrets.safeParse(account.secrets).success
  )
}
