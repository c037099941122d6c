import { once } from 'node:events'
import type { Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { type ParsedMail, parseMail } from '../../server/channels/email/index.ts'

export interface TakenMail {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
  readonly parsed: ParsedMail
}

/** What the sink does with the next mail instead of taking it. */
export type Trouble =
  | { readonly at: 'rcpt' | 'data'; readonly code: number; readonly words: string }
  /** It has all of the mail and goes away without a word. */
  | { readonly at: 'lost-after-data' }
  /** It goes away when the first bytes of the mail have come. */
  | { readonly at: 'lost-in-data' }

/** A real SMTP server in this process that takes every mail, or makes trouble. */
export interface SmtpSink {
  readonly port: number
  readonly taken: readonly TakenMail[]
  /** For the mails to come, one each. */
  readonly troubles: Trouble[]
  close(): Promise<void>
}

export async function startSmtpSink(credentials?: { user: string; password: string }): Promise<SmtpSink> {
  const taken: TakenMail[] = []
  const troubles: Trouble[] = []
  const sockets = new Set<Socket>()
  const goAway = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = new SMTPServer({
    disabledCommands: credentials ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    authOptional: !credentials,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      if (username === credentials?.user && password === credentials?.password) done(null, { user: username })
      else done(answer(535, '5.7.8 wrong name or password'))
    },
    onRcptTo: (_address, _session, done) => {
      const [trouble] = troubles
      if (trouble?.at !== 'rcpt') return done()
      troubles.shift()
      done(answer(trouble.code, trouble.words))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      if (troubles[0]?.at === 'lost-in-data') {
        troubles.shift()
        stream.once('data', goAway)
        return
      }
      stream.once('end', async () => {
        const trouble = troubles.shift()
        if (trouble?.at === 'data') return done(answer(trouble.code, trouble.words))
        const raw = Buffer.concat(chunks)
        taken.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw,
          parsed: await parseMail(raw),
        })
        if (trouble?.at !== 'lost-after-data') return done()
        goAway()
      })
    },
  })
  server.on('error', () => undefined)
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    taken,
    troubles,
    close: () =>
      new Promise((resolve) => {
        goAway()
        server.close(() => resolve())
      }),
  }
}

const answer = (responseCode: number, words: string): Error =>
  Object.assign(new Error(words), { responseCode })
