import type { Readable } from 'node:stream'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { EmailTiming } from './deps.ts'
import { isThisMachine, type Mailbox } from './settings.ts'

/** Whether the server had all of a mail when its sending failed. */
export class SendingFailed extends Error {
  override readonly name = 'SendingFailed'
  readonly left: boolean
  constructor(left: boolean, cause: unknown) {
    super('a mail could not be sent', { cause })
    this.left = left
  }
}

export interface SmtpTransport {
  /** Resolves once the server has taken the mail. @throws SendingFailed */
  send(mail: SendMailOptions, signal: AbortSignal): Promise<void>
  /** Connects and signs in. Rejects with nodemailer's error. */
  verify(): Promise<void>
  /** Ends when nothing is on its way any more. */
  close(): void
}

const CONNECTIONS = 4
/** Shorter than any server's patience, and than ours when the process ends. */
const IDLE_MS = 30_000

/** Connections that are kept open between mails. */
export function createSmtpTransport({ smtp, smtpPassword }: Mailbox, timing: EmailTiming): SmtpTransport {
  const inside = isThisMachine(smtp.host)
  const transport = createTransport({
    pool: true,
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    ...(!smtp.secure && (inside ? { ignoreTLS: true } : { requireTLS: true })),
    ...(smtp.user !== undefined && { auth: { user: smtp.user, pass: smtpPassword ?? '' } }),
    maxConnections: CONNECTIONS,
    // What was not begun on a connection that had grown old may go once over a new one.
    maxRequeues: 1,
    idleTimeout: IDLE_MS,
    connectionTimeout: timing.connectMs,
    greetingTimeout: timing.connectMs,
    socketTimeout: timing.silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const bodies = new Map<string, Readable>()
  transport.use('stream', ({ data, message }, done) => {
    message.processFunc((body) => {
      bodies.set(String(data.messageId), body)
      return body
    })
    done()
  })
  let sending = 0
  let closing = false
  const closeWhenDone = () => {
    if (closing && sending === 0) transport.close()
  }
  return {
    send: async (mail, signal) => {
      const name = String(mail.messageId)
      sending += 1
      try {
        await transport.sendMail({ ...mail, signal })
      } catch (error) {
        throw new SendingFailed(bodies.get(name)?.readableEnded ?? false, error)
      } finally {
        bodies.delete(name)
        sending -= 1
        closeWhenDone()
      }
    },
    verify: async () => {
      await transport.verify()
    },
    close: () => {
      closing = true
      closeWhenDone()
    },
  }
}
