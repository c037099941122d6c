import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { type Act, type ActNamed, CannotAct } from '../control/acts.ts'
import type { PhoneService } from '../control/service.ts'
import type { Context } from '../core/context.ts'
import type { Person } from '../core/people.ts'
import { composeMail } from './compose.ts'
import { createImapServer } from './imap/server.ts'
import { type Letter, letterOf, viewOf } from './letters.ts'
import { createMailbox, type Mailbox } from './mailbox.ts'
import { createSmtpServer } from './smtp.ts'

/**
 * A mail provider for the demo: SMTP for what the operator sends, IMAP with IDLE for the mailbox that the operator reads,
 * and the mail app of every person. Invariants: a mail taken by SMTP is on the phone; a mail from the phone is in INBOX with
 * a fresh UID. Nothing leaves this process.
 */
export interface MailOptions {
  /** The operator's address; anything with a plus part goes there too. */
  address: string
  user: string
  password: string
  host: string
  /** 0: any free port. */
  smtpPort: number
  imapPort: number
}

export interface MailService extends PhoneService {
  smtp: { host: string; port: number }
  imap: { host: string; port: number }
  /** The operator's mailbox as it lies on the server. */
  mailbox: Mailbox
  close(): Promise<void>
}

/** Starts both servers and resolves when they listen. */
export async function startMail(context: Context, options: MailOptions): Promise<MailService> {
  const mailbox = createMailbox(Math.floor(context.timing.now() / 1000))
  const letters = new Map<string, Letter[]>()
  const full = new Set<string>()
  const lettersOf = (person: Person): Letter[] => letters.get(person.key) ?? []
  const keep = (person: Person, letter: Letter): void => {
    letters.set(person.key, [...lettersOf(person), letter])
    context.live.changed({ service: 'mail', person: person.key })
  }

  const smtp = createSmtpServer({
    credentials: options,
    refuses: (address) => {
      const person = context.people.byEmail(address)
      if (!person) return { code: 550, reason: '5.1.1 no such mailbox' }
      return full.has(person.key) ? { code: 552, reason: '5.2.2 mailbox is full' } : undefined
    },
    take: async (recipients, raw) => {
      for (const address of recipients) {
        const person = context.people.byEmail(address)
        if (person) keep(person, await letterOf(context, raw, 'operator'))
      }
    },
  })
  const imap = createImapServer(mailbox, options)

  const write = async (person: Person, mail: ActNamed<'mail'>): Promise<string[]> => {
    const answered = lettersOf(person).find((one) => one.id === mail.replyTo)
    const subject =
      answered && !/^re:/i.test(answered.subject)
        ? `Re: ${answered.subject}`
        : (answered?.subject ?? mail.subject)
    const at = new Date(context.timing.now())
    const to = answered?.replyTo ?? options.address
    const { messageId, raw } = await composeMail(person, to, { ...mail, subject }, answered, at)
    keep(person, await letterOf(context, raw, 'person'))
    const inbox = mailbox.folder('INBOX')
    if (inbox) mailbox.append(inbox, raw, at)
    return [messageId]
  }

  const act = async (person: Person, asked: Act): Promise<string[]> => {
    if (asked.act === 'mail') return write(person, asked)
    if (asked.act !== 'block' && asked.act !== 'unblock') throw new CannotAct('this is a mail program')
    if (asked.act === 'block') full.add(person.key)
    else full.delete(person.key)
    context.live.changed({ service: 'mail', person: person.key })
    return []
  }

  // Its listener fails as well, which is heard below; a client that breaks off is nothing to end for.
  smtp.on('error', () => undefined)
  const smtpListener = smtp.listen(options.smtpPort, options.host)
  imap.listen(options.imapPort, options.host)
  await Promise.all([listening(smtpListener), listening(imap)])
  const connections = new Set<{ destroy(): void }>()
  imap.on('connection', (socket) => {
    connections.add(socket)
    socket.once('close', () => connections.delete(socket))
  })
  return {
    name: 'mail',
    smtp: { host: options.host, port: portOf(smtpListener) },
    imap: { host: options.host, port: portOf(imap) },
    mailbox,
    act: async (person, asked) => ({ messageIds: await act(person, asked) }),
    view: (person) => viewOf(context, person, lettersOf(person), full.has(person.key)),
    close: async () => {
      for (const socket of connections) socket.destroy()
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => imap.close(() => resolve())),
      ])
    },
  }
}

async function listening(server: Server): Promise<void> {
  if (!server.listening) await once(server, 'listening')
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}
