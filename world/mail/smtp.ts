import { SMTPServer } from 'smtp-server'

/** Who may send through the server, who receives, and what becomes of a mail. */
export interface SmtpPort {
  credentials: { user: string; password: string }
  /** undefined: yes; else why not, with its SMTP code. */
  refuses(address: string): { code: number; reason: string } | undefined
  take(recipients: string[], raw: Buffer): Promise<void>
}

/** 25 MB, as most providers. */
const maxBytes = 25 * 1024 * 1024

/** The server that the product hands its outgoing mail to: sign-in by PLAIN or LOGIN, no TLS on loopback. */
export function createSmtpServer(port: SmtpPort): SMTPServer {
  return new SMTPServer({
    banner: 'the outside world',
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    size: maxBytes,
    disableReverseLookup: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      const { credentials } = port
      if (username === credentials.user && password === credentials.password)
        done(null, { user: credentials.user })
      else done(withCode(new Error('5.7.8 wrong name or password'), 535))
    },
    onRcptTo: ({ address }, _session, done) => {
      const refused = port.refuses(address)
      done(refused ? withCode(new Error(refused.reason), refused.code) : null)
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.once('end', () => {
        if (stream.sizeExceeded) return done(withCode(new Error('5.3.4 mail is too large'), 552))
        const recipients = session.envelope.rcptTo.map((one) => one.address)
        port.take(recipients, Buffer.concat(chunks)).then(() => done(null), done)
      })
    },
  })
}

const withCode = (error: Error, responseCode: number): Error => Object.assign(error, { responseCode })
