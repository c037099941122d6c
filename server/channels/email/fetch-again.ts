import type { ChannelAccountRow } from '../../care/timeline/index.ts'
import { type EmailDeps, USUAL_TIMING } from './deps.ts'
import { createImapClient, imapReason } from './imap-client.ts'
import { mailLimits } from './mail-limits.ts'
import { mailboxOf } from './settings.ts'
import { MailGone, MailRenumbered, MailUnread, unreadPlaceOf } from './unread-mail.ts'

/** A server that gives a mail byte by byte is not waited for: other mails of the mailbox wait behind this one. */
const MOST_MS = 300_000

/** The mailbox cannot be asked now; `code` says why. */
export class MailboxAway extends Error {
  override readonly name = 'MailboxAway'
  readonly code: string
  constructor(cause: unknown) {
    super('the mailbox cannot be asked', { cause })
    this.code = imapReason(cause)
  }
}

/**
 * Asks the mailbox once more for a mail that was passed over, over a connection of its own: it may break on that mail. Nothing in the
 * mailbox is changed.
 * @param raw what was handed in for it; undefined comes back for what is a mail itself
 * @throws MailGone · MailRenumbered · MailUnread · MailboxAway
 */
export async function fetchAgain(
  deps: EmailDeps,
  account: ChannelAccountRow,
  raw: Buffer,
): Promise<Buffer | undefined> {
  const place = unreadPlaceOf(raw)
  if (!place) return undefined
  const { uid, uidValidity } = place
  if (uidValidity === undefined) throw new MailUnread(uid)
  const mailbox = mailboxOf(account)
  // Nothing is waited for in silence here, as new mails are.
  const client = createImapClient(mailbox, { ...USUAL_TIMING, ...deps.timing, pollMs: 0 })
  const late = setTimeout(() => client.close(), MOST_MS)
  try {
    const opened = await client
      .connect()
      .then(() => client.mailboxOpen(mailbox.imap.mailbox, { readOnly: true }))
      .catch((error: unknown) => {
        throw new MailboxAway(error)
      })
    if (String(opened.uidValidity) !== uidValidity) throw new MailRenumbered(uid)
    const [found] = await client
      .fetchAll(uid, { uid: true, source: { maxLength: mailLimits.rawBytes } }, { uid: true })
      .catch(() => {
        throw new MailUnread(uid)
      })
    if (!found) throw new MailGone(uid)
    if (!found.source?.length) throw new MailUnread(uid)
    return found.source
  } finally {
    clearTimeout(late)
    client.close()
  }
}
