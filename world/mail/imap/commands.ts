import type { Folder, StoredMail } from '../mailbox.ts'
import { No } from './errors.ts'
import { fetchLine, itemsOf, marksSeen } from './fetch.ts'
import type { RawCommand } from './reader.ts'
import { matches } from './search.ts'
import { named, type Session } from './session.ts'
import { inSet } from './sets.ts'

export const capabilities = 'IMAP4rev1 AUTH=PLAIN SASL-IR LITERAL+ IDLE UIDPLUS MOVE'

/** A command taken apart: its words after the name, and as it came. */
export interface Command {
  tag: string
  words: string[]
  raw: RawCommand
  /** It stood behind UID. */
  byUid: boolean
}

/** What a command does; gives the text of its OK. Untagged answers are sent on the way. Raises `No`. */
type Run = (session: Session, command: Command) => string

export const commands: Record<string, Run> = {
  CAPABILITY: (session) => {
    session.send(`* CAPABILITY ${capabilities}\r\n`)
    return 'done'
  },
  NOOP: () => 'done',
  CHECK: () => 'done',
  LOGIN: (session, { words: [user = '', password = ''] }) => signIn(session, user, password),
  LIST: (session, { words: [, pattern = ''] }) => {
    const wanted = new RegExp(`^${pattern.replace(/[.+^$(){}|\\]/g, '\\$&').replace(/[*%]/g, '.*')}$`, 'i')
    for (const { name } of session.mailbox.folders.values()) {
      if (pattern === '' || wanted.test(name))
        session.send(`* LIST (\\HasNoChildren) "/" "${pattern === '' ? '' : name}"\r\n`)
    }
    return 'done'
  },
  LSUB: () => 'done',
  SUBSCRIBE: () => 'done',
  CREATE: (session, { words: [name = ''] }) => {
    if (session.mailbox.folder(name)) throw new No('[ALREADYEXISTS] there is one')
    session.mailbox.create(name)
    return 'done'
  },
  SELECT: (session, { words: [name = ''] }) => select(session, folderOf(session, name), false),
  EXAMINE: (session, { words: [name = ''] }) => select(session, folderOf(session, name), true),
  CLOSE: (session) => {
    session.selected = undefined
    return 'done'
  },
  STATUS: (session, { words: [name = '', ...items] }) => {
    const folder = folderOf(session, name)
    const unseen = folder.mails.filter((mail) => !mail.flags.has('\\Seen')).length
    const values: Record<string, number> = {
      MESSAGES: folder.mails.length,
      UIDNEXT: folder.nextUid,
      UIDVALIDITY: folder.uidValidity,
      UNSEEN: unseen,
      RECENT: 0,
    }
    const told = items.map((item) => item.toUpperCase()).filter((item) => item in values)
    session.send(`* STATUS "${folder.name}" (${told.map((item) => `${item} ${values[item]}`).join(' ')})\r\n`)
    return 'done'
  },
  APPEND: (session, { words: [name = '', ...rest], raw }) => {
    const folder = folderOf(session, name)
    const flags = rest.filter((word) => word.startsWith('\\') || word.startsWith('$'))
    const mail = session.mailbox.append(folder, Buffer.from(raw.literals.at(-1) ?? ''), new Date(), flags)
    return `[APPENDUID ${folder.uidValidity} ${mail.uid}] done`
  },
  FETCH: (session, { words: [set = ''], raw, byUid }) => {
    const items = itemsOf(raw.line.slice(raw.line.indexOf(set) + set.length))
    const asked = byUid && !items.includes('UID') ? ['UID', ...items] : items
    for (const { sequence, mail } of named(session, (known) => inSet(set, known), byUid)) {
      if (marksSeen(items) && !session.readOnly) mail.flags.add('\\Seen')
      session.send(fetchLine(sequence, mail, asked))
    }
    return 'done'
  },
  STORE: (session, { words: [set = '', operation = '', ...rest], byUid }) => {
    const flags = rest.filter((word) => word !== '(' && word !== ')')
    for (const { sequence, mail } of named(session, (known) => inSet(set, known), byUid)) {
      mail.flags = changedFlags(mail.flags, operation, flags)
      if (!/\.SILENT$/i.test(operation))
        session.send(fetchLine(sequence, mail, byUid ? ['UID', 'FLAGS'] : ['FLAGS']))
    }
    return 'done'
  },
  SEARCH: (session, { words, byUid }) => {
    const found = named(session, (known) => known, byUid).filter(({ mail }) => matches(mail, words))
    const numbers = found.map(({ sequence, mail }) => ` ${byUid ? mail.uid : sequence}`)
    session.send(`* SEARCH${numbers.join('')}\r\n`)
    return 'done'
  },
  COPY: (session, command) => `${copied(session, command).told} done`,
  MOVE: (session, command) => {
    const { told, uids } = copied(session, command)
    session.send(`* OK ${told} moved\r\n`)
    if (session.selected) session.mailbox.remove(session.selected, uids)
    return 'done'
  },
  EXPUNGE: (session, { words: [set], byUid }) => {
    const all = named(session, (known) => (byUid && set !== undefined ? inSet(set, known) : known), byUid)
    const gone = all.filter(({ mail }) => mail.flags.has('\\Deleted')).map(({ mail }) => mail.uid)
    if (session.selected) session.mailbox.remove(session.selected, new Set(gone))
    return 'done'
  },
}

/** Raises `No` for a wrong name or password. */
export function signIn(session: Session, user: string, password: string): string {
  const { credentials } = session
  if (user !== credentials.user || password !== credentials.password) {
    throw new No('[AUTHENTICATIONFAILED] wrong name or password')
  }
  session.signedIn = true
  return `[CAPABILITY ${capabilities}] signed in`
}

function folderOf(session: Session, name: string): Folder {
  const folder = session.mailbox.folder(name)
  if (!folder) throw new No('[NONEXISTENT] no such folder')
  return folder
}

function select(session: Session, folder: Folder, readOnly: boolean): string {
  session.selected = folder
  session.readOnly = readOnly
  session.known = folder.mails.map((mail) => mail.uid)
  session.send('* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n')
  session.send(`* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] kept\r\n`)
  session.send(`* ${folder.mails.length} EXISTS\r\n* 0 RECENT\r\n`)
  session.send(`* OK [UIDVALIDITY ${folder.uidValidity}] valid\r\n* OK [UIDNEXT ${folder.nextUid}] next\r\n`)
  return readOnly ? '[READ-ONLY] done' : '[READ-WRITE] done'
}

function changedFlags(flags: Set<string>, operation: string, given: string[]): Set<string> {
  if (operation.startsWith('+')) return new Set([...flags, ...given])
  if (operation.startsWith('-')) return new Set([...flags].filter((flag) => !given.includes(flag)))
  return new Set(given)
}

/** Copies the named mails; gives the COPYUID code to tell and the UIDs that were copied (RFC 4315). */
function copied(
  session: Session,
  { words: [set = '', name = ''], byUid }: Command,
): { told: string; uids: Set<number> } {
  const target = session.mailbox.folder(name)
  if (!target) throw new No('[TRYCREATE] no such folder')
  const from = named(session, (known) => inSet(set, known), byUid).map(({ mail }) => mail)
  const made = from.map((mail) => session.mailbox.append(target, mail.raw, mail.at, mail.flags))
  const list = (mails: StoredMail[]): string => mails.map((mail) => mail.uid).join(',')
  const told = from.length === 0 ? '' : `[COPYUID ${target.uidValidity} ${list(from)} ${list(made)}]`
  return { told, uids: new Set(from.map((mail) => mail.uid)) }
}
