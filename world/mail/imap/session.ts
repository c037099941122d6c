import type { Folder, Mailbox, StoredMail } from '../mailbox.ts'

/** One connection to the mailbox. */
export interface Session {
  mailbox: Mailbox
  credentials: { user: string; password: string }
  send(text: string | Buffer): void
  end(): void
  signedIn: boolean
  selected: Folder | undefined
  readOnly: boolean
  /** UIDs as this client knows them: its sequence numbers. Changed only by what it was told. */
  known: number[]
  /** Tag of an AUTHENTICATE or IDLE that waits for the client's next line. */
  awaiting: { tag: string; what: 'authenticate' | 'idle' } | undefined
}

/** Tells the client what has gone and what has come since it last heard (RFC 9051, 7.3.1 and 7.5.1). */
export function tellChanges(session: Session): void {
  if (!session.selected) return
  const now = session.selected.mails.map((mail) => mail.uid)
  const present = new Set(now)
  for (let index = session.known.length - 1; index >= 0; index -= 1) {
    if (!present.has(session.known[index] ?? 0)) session.send(`* ${index + 1} EXPUNGE\r\n`)
  }
  const left = session.known.filter((uid) => present.has(uid)).length
  session.known = now
  if (now.length > left) session.send(`* ${now.length} EXISTS\r\n`)
}

/** The mails that a command's set names, by UID or by this client's sequence numbers, with those numbers. */
export function named(
  session: Session,
  numbers: (known: number[]) => number[],
  byUid: boolean,
): { sequence: number; mail: StoredMail }[] {
  const { selected, known } = session
  const chosen = new Set(numbers(byUid ? known : known.map((_uid, index) => index + 1)))
  return known.flatMap((uid, index) => {
    const mail = selected?.mails.find((one) => one.uid === uid)
    return mail && chosen.has(byUid ? uid : index + 1) ? [{ sequence: index + 1, mail }] : []
  })
}
