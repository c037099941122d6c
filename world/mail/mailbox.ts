/** One mail as an IMAP server keeps it. */
export interface StoredMail {
  uid: number
  flags: Set<string>
  at: Date
  raw: Buffer
}

/** A folder: UIDs only rise as long as `uidValidity` stays the same (RFC 9051, 2.3.1.1). */
export interface Folder {
  name: string
  uidValidity: number
  nextUid: number
  mails: StoredMail[]
}

/** The operator's mailbox: folders, and who wants to hear of changes (IDLE). */
export interface Mailbox {
  folders: Map<string, Folder>
  folder(name: string): Folder | undefined
  create(name: string): Folder
  append(folder: Folder, raw: Buffer, at: Date, flags?: Iterable<string>): StoredMail
  remove(folder: Folder, uids: Set<number>): void
  /** What a rebuilt server does: every mail gets a new number and the old ones mean nothing. */
  renumber(folder: Folder): void
  onChange(listener: () => void): () => void
}

/** INBOX is named without regard to case; other folders by their exact name. */
const canonical = (name: string): string => (name.toUpperCase() === 'INBOX' ? 'INBOX' : name)

export function createMailbox(uidValidity: number): Mailbox {
  const folders = new Map<string, Folder>()
  const listeners = new Set<() => void>()
  const changed = (): void => {
    for (const listener of listeners) listener()
  }
  const create = (name: string): Folder => {
    const folder = { name: canonical(name), uidValidity, nextUid: 1, mails: [] }
    folders.set(folder.name, folder)
    return folder
  }
  create('INBOX')
  return {
    folders,
    folder: (name) => folders.get(canonical(name)),
    create,
    append: (folder, raw, at, flags = []) => {
      const mail = { uid: folder.nextUid, flags: new Set(flags), at, raw }
      folder.nextUid += 1
      folder.mails.push(mail)
      changed()
      return mail
    },
    remove: (folder, uids) => {
      folder.mails = folder.mails.filter((mail) => !uids.has(mail.uid))
      changed()
    },
    renumber: (folder) => {
      folder.uidValidity += 1
      for (const [index, mail] of folder.mails.entries()) mail.uid = index + 1
      folder.nextUid = folder.mails.length + 1
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
