/** Its first bytes: no mail begins so, for servers put lines of their own before all that comes in. */
const MARK = 'Otklik-Unread-Uid: '

/** The mailbox's server does not give this mail: it is shown among what could not be filed, by its UID. */
export class MailUnread extends Error {
  override readonly name = 'MailUnread'
  readonly code: string
  constructor(uid: string) {
    super('the server does not give a mail')
    this.code = uid
  }
}

/** What is handed in for a mail that nobody can read. */
export function unreadMail(uid: number): Buffer {
  return Buffer.from(`${MARK}${uid}\r\n\r\n`)
}

/** @throws MailUnread when this stands for a mail that nobody can read */
export function requireRead(raw: Buffer): void {
  const head = raw.subarray(0, 64).toString('latin1')
  if (head.startsWith(MARK)) throw new MailUnread(head.slice(MARK.length).trim())
}
