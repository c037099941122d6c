import { z } from 'zod'
import type { ChannelAccountRow } from '../../care/timeline/index.ts'
import type { OwnMailbox } from './compose-mail.ts'
import { comparableAddress, splitAddress } from './mail-address.ts'
import type { MailKeys } from './own-ids.ts'

const server = {
  host: z.string().trim().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  /** TLS from the first byte; else STARTTLS, without which nothing is said to a host that is not this machine. */
  secure: z.boolean().default(true),
}
const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/)

const ownAddress = z.string().transform((given, context) => {
  const address = comparableAddress(given)
  const parts = address === null ? null : splitAddress(address)
  if (address !== null && parts !== null) return { address, ...parts }
  context.addIssue({ code: 'custom', message: 'not an address' })
  return z.NEVER
})

/** What an administrator sets for a mailbox. */
export const emailSettings = z.object({
  /** Where people write to and what our mails come from. */
  address: ownAddress,
  /** The operator's name beside the address. */
  name: z.string().max(80).default(''),
  imap: z.object({
    ...server,
    user: z.string().min(1),
    /** The folder that is read; nothing in it is changed. */
    mailbox: z.string().min(1).default('INBOX'),
    /** What arrived before this day, as the server counts days, is left alone; without it all that lies there is read. */
    since: z.iso.date().optional(),
  }),
  /** Without `user` the server takes mails unauthenticated. */
  smtp: z.object({ ...server, user: z.string().min(1).optional() }),
  /** The name under which the mailbox's own server writes Authentication-Results (RFC 8601). */
  authservId: z.string().min(1).optional(),
  /** Below every mail, in the language of its text. */
  signature: z
    .object({ ru: z.string().max(2000).optional(), en: z.string().max(2000).optional() })
    .default({}),
  /** The domain of our Message-IDs; that of the address when nothing is said. */
  domain: domain.optional(),
  /** Whether the server delivers `support+token@…` to the same mailbox. */
  plusAddresses: z.boolean().default(true),
})

const MIN_KEY_BYTES = 32
const threadKeys = z.string().transform((given, context): MailKeys => {
  const [first, ...older] = given.split(',').map((key) => Buffer.from(key.trim()))
  if (first && [first, ...older].every((key) => key.length >= MIN_KEY_BYTES)) return [first, ...older]
  context.addIssue({ code: 'custom', message: `a thread key has at least ${MIN_KEY_BYTES} bytes` })
  return z.NEVER
})

export const emailSecrets = z.object({
  imapPassword: z.string().min(1),
  smtpPassword: z.string().min(1).optional(),
  /** Comma-separated, newest first: proves our own Message-IDs and reply addresses. At least 32 bytes each. */
  threadKeys,
})

/** An account of this door as it works. */
export type Mailbox = Readonly<z.infer<typeof emailSettings> & z.infer<typeof emailSecrets>> & {
  readonly own: OwnMailbox
}

/** What a token adds to a local part, which hosts take up to 64 octets of (RFC 5321 §4.5.3.1.1). */
const LOCAL_PART_WITH_TOKEN = 64 - '+'.length - 39

/**
 * The account as a mailbox.
 * @throws z.ZodError settings or secrets are not complete
 */
export function mailboxOf(account: ChannelAccountRow): Mailbox {
  const settings = emailSettings.parse(account.settings)
  const secrets = emailSecrets.parse(account.secrets)
  const { address, local, domain } = settings.address
  const own: OwnMailbox = {
    from: { name: settings.name, address },
    domain: settings.domain ?? domain,
    loopMark: `otklik-${account.id}`,
    keys: secrets.threadKeys,
    takesPlusAddresses: settings.plusAddresses && Buffer.byteLength(local) <= LOCAL_PART_WITH_TOKEN,
  }
  return { ...settings, ...secrets, own }
}

/** Whether the account's settings and secrets are complete. */
export function isSetUp(account: ChannelAccountRow): boolean {
  return emailSettings.safeParse(account.settings).success && emailSecrets.safeParse(account.secrets).success
}

/** Passwords may travel in clear text only inside this machine. */
export function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
