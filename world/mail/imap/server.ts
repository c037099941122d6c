import { createServer, type Server, type Socket } from 'node:net'
import type { Mailbox } from '../mailbox.ts'
import { type Command, capabilities, commands, signIn } from './commands.ts'
import { No, Unsupported } from './errors.ts'
import { createReader, type RawCommand, wordsOf } from './reader.ts'
import { type Session, tellChanges } from './session.ts'

/** Commands that need no signing in, and those that need a folder. */
const open = new Set(['CAPABILITY', 'NOOP', 'LOGIN'])
const inFolder = new Set(['FETCH', 'STORE', 'SEARCH', 'COPY', 'MOVE', 'EXPUNGE', 'CLOSE', 'CHECK'])

/** Commands by sequence number, during which the numbers must hold still (RFC 9051, 7.5.1). */
const numbered = new Set(['FETCH', 'STORE', 'SEARCH'])

/**
 * A small IMAP4rev1 server over one mailbox in memory (RFC 9051 and the older RFC 3501 that it keeps to), with IDLE, UIDPLUS
 * and MOVE: what a help desk needs to read mail. No TLS, no search beyond flags, UIDs and header fields, no ENVELOPE or
 * BODYSTRUCTURE: those are refused with BAD.
 */
export function createImapServer(mailbox: Mailbox, credentials: Session['credentials']): Server {
  return createServer((socket) => serve(socket, mailbox, credentials))
}

function serve(socket: Socket, mailbox: Mailbox, credentials: Session['credentials']): void {
  const session: Session = {
    mailbox,
    credentials,
    send: (text) => void (socket.destroyed || socket.write(text)),
    end: () => void socket.end(),
    signedIn: false,
    selected: undefined,
    readOnly: false,
    known: [],
    awaiting: undefined,
  }
  const stop = mailbox.onChange(() => {
    if (session.awaiting?.what === 'idle') tellChanges(session)
  })
  socket.on(
    'data',
    createReader(
      (raw) => handle(session, raw),
      () => session.send('+ go on\r\n'),
    ),
  )
  socket.on('error', () => socket.destroy())
  socket.once('close', stop)
  session.send(`* OK [CAPABILITY ${capabilities}] ready\r\n`)
}

/** Runs one line of the client and gives its tagged answer. */
function handle(session: Session, raw: RawCommand): void {
  if (session.awaiting) {
    goOn(session, raw.line)
    return
  }
  const [tag = '*', first = '', ...rest] = wordsOf(raw)
  const byUid = first.toUpperCase() === 'UID'
  const [name = '', ...words] = byUid ? rest : [first, ...rest]
  const verb = name.toUpperCase()
  if (verb === 'LOGOUT') {
    session.send(`* BYE see you\r\n${tag} OK done\r\n`)
    session.end()
  } else if (verb === 'AUTHENTICATE') {
    authenticate(session, tag, words)
  } else if (verb === 'IDLE') {
    session.awaiting = { tag, what: 'idle' }
    session.send('+ idling\r\n')
    tellChanges(session)
  } else {
    const still = !byUid && numbered.has(verb)
    answer(session, tag, () => run(session, verb, { tag, words, raw, byUid }), still)
  }
}

function run(session: Session, verb: string, command: Command): string {
  const known = commands[verb]
  if (!known) throw new Unsupported(verb)
  if (!session.signedIn && !open.has(verb)) throw new No('sign in first')
  if (!session.selected && inFolder.has(verb)) throw new No('select a folder first')
  return known(session, command)
}

/** OK, NO or BAD after the command; before it what has changed, unless the numbers must hold still. */
function answer(session: Session, tag: string, work: () => string, still = false): void {
  try {
    const text = work()
    if (!still) tellChanges(session)
    session.send(`${tag} OK ${text}\r\n`)
  } catch (error) {
    if (error instanceof No) session.send(`${tag} NO ${error.message}\r\n`)
    else if (error instanceof Unsupported) session.send(`${tag} BAD ${error.message} is not played here\r\n`)
    else throw error
  }
}

/** SASL PLAIN, with what the client says at once or on its next line. */
function authenticate(session: Session, tag: string, [mechanism, initial]: string[]): void {
  if (mechanism?.toUpperCase() !== 'PLAIN') {
    session.send(`${tag} NO [CANNOT] PLAIN only\r\n`)
  } else if (initial !== undefined) {
    plain(session, tag, initial)
  } else {
    session.awaiting = { tag, what: 'authenticate' }
    session.send('+ \r\n')
  }
}

function goOn(session: Session, line: string): void {
  const awaiting = session.awaiting
  session.awaiting = undefined
  if (awaiting?.what === 'authenticate') plain(session, awaiting.tag, line)
  else if (awaiting) answer(session, awaiting.tag, () => 'done')
}

/** SASL PLAIN (RFC 4616): authorization id, name and password apart by NUL. */
function plain(session: Session, tag: string, initial: string): void {
  const [, user = '', password = ''] = Buffer.from(initial, 'base64').toString('utf8').split('\0')
  answer(session, tag, () => signIn(session, user, password))
}
