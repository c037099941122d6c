import { ImapFlow } from 'imapflow'
import type { EmailTiming } from './deps.ts'
import { isThisMachine, type Mailbox } from './settings.ts'

/** A client that is not yet connected. Its failures outside a command come as 'close'. */
export function createImapClient({ imap, imapPassword }: Mailbox, timing: EmailTiming): ImapFlow {
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.secure,
    ...(!imap.secure && { doSTARTTLS: !isThisMachine(imap.host) }),
    auth: { user: imap.user, pass: imapPassword },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: timing.connectMs,
    greetingTimeout: timing.connectMs,
    // While nothing happens the connection is silent for a whole poll.
    socketTimeout: timing.pollMs + timing.silenceMs,
    maxIdleTime: timing.pollMs,
  })
  // Without a listener a lost connection would end the process; 'close' follows and tells whoever waits.
  client.on('error', () => undefined)
  return client
}

/** What a failed conversation with the mailbox means, as a code. */
export function imapReason(error: unknown): string {
  if (!(error instanceof Error)) return 'imap_unreachable'
  if ('authenticationFailed' in error && error.authenticationFailed) return 'imap_login_refused'
  if ('mailboxMissing' in error && error.mailboxMissing) return 'imap_mailbox_missing'
  return 'imap_unreachable'
}
