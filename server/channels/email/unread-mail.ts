/** Its first bytes: no mail begins so, for servers put lines of their own before all that comes in. */
const MARK = 'Otklik-Unread-Uid: '

/** Where a mail lies in its mailbox. A UID means something only under its UIDVALIDITY (RFC 9051 §2.3.1.1), which older marks do not have. */
export interface UnreadPlace {
  readonly uid: string
  readonly uidValidity: string | undefined
}

/** Why a mail that was passed over cannot be had: its name says it, `code` is its UID. */
abstract class MailMissing extends Error {
  readonly code: string
  constructor(words: string, uid: string) {
    super(words)
    this.code = uid
  }
}

/** The mailbox's server does not give this mail: it is shown among what could not be filed, by its UID. */
export class MailUnread extends MailMissing {
  override readonly name = 'MailUnread'
  constructor(uid: string) {
    super('the server does not give a mail', uid)
  }
}

/** It lies there no more. */
export class MailGone extends MailMissing {
  override readonly name = 'MailGone'
  constructor(uid: string) {
    super('the mail is not in the mailbox any more', uid)
  }
}

/** The mailbox has got new numbers since: under this one lies another mail, or none. What lies there was read anew. */
export class MailRenumbered extends MailMissing {
  override readonly name = 'MailRenumbered'
  constructor(uid: string) {
    super('the mailbox has got new numbers', uid)
  }
}

/** What is handed in for a mail that nobody can read. */
export function unreadMail(uid: number, uidValidity: number): Buffer {
  return Buffer.from(`${MARK}${uid} ${uidValidity}\r\n\r\n`)
}

/** Where the mail lies for which this stands; undefined: it is a mail itself. */
export function unreadPlaceOf(raw: Buffer): UnreadPlace | undefined {
  const head = raw.subarray(0, 64).toString('latin1')
  if (!head.startsWith(MARK)) return undefined
  const [uid = '', uidValidity] = head.slice(MARK.length).trim().split(' ')
  return { uid, uidValidity }
}

/** @throws MailUnread when this stands for a mail that nobody can read */
export function requireRead(raw: Buffer): void {
  const place = unreadPlaceOf(raw)
  if (place) throw new MailUnread(place.uid)
}
