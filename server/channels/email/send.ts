import type { ChannelAccountRow, OutgoingMessage, SendResult } from '../../care/timeline/index.ts'
import { composeMail } from './compose-mail.ts'
import { type EmailDeps, USUAL_TIMING } from './deps.ts'
import { outcomeOf } from './outcome.ts'
import { makeMessageId } from './own-ids.ts'
import { type Mailbox, mailboxOf } from './settings.ts'
import { createSmtpTransport, SendingFailed, type SmtpTransport } from './smtp-transport.ts'

export interface MailSender {
  send(account: ChannelAccountRow, message: OutgoingMessage): Promise<SendResult>
  /** Ends the connections of an account. */
  close(accountId: string): void
}

/** Sends mails; each account over its own connections. */
export function createMailSender(deps: EmailDeps): MailSender {
  const timing = { ...USUAL_TIMING, ...deps.timing }
  const transports = new Map<string, { readonly account: string; readonly transport: SmtpTransport }>()

  const close = (accountId: string) => {
    transports.get(accountId)?.transport.close()
    transports.delete(accountId)
  }
  const transportOf = ({ id, settings, secrets }: ChannelAccountRow, mailbox: Mailbox): SmtpTransport => {
    const print = JSON.stringify([settings, secrets])
    const known = transports.get(id)
    if (known?.account === print) return known.transport
    close(id)
    const transport = createSmtpTransport(mailbox, timing)
    transports.set(id, { account: print, transport })
    return transport
  }

  return {
    close,
    send: async (account, message) => {
      const mailbox = mailboxOf(account)
      const mail = composeMail(await outgoingMail(message, mailbox), mailbox.own)
      try {
        await transportOf(account, mailbox).send(mail, AbortSignal.timeout(timing.attemptMs))
      } catch (error) {
        if (error instanceof SendingFailed) return outcomeOf(error.cause, error.left)
        throw error
      }
      return { outcome: 'sent', messageId: makeMessageId(message, mailbox.own.domain, mailbox.own.keys) }
    },
  }
}

async function outgoingMail(message: OutgoingMessage, { name, own, signature }: Mailbox) {
  const { laneId, seq, address, text, inReplyTo, references, subject, automatic } = message
  const closing = /\p{Script=Cyrillic}/u.test(text) ? signature.ru : signature.en
  return {
    place: { laneId, seq },
    to: [{ name: '', address }],
    subject: answering(subject) ?? (name || own.from.address),
    text,
    ...(closing && { signature: closing }),
    answered:
      inReplyTo === null ? null : { messageId: inReplyTo, isMessageIdMade: false, references, inReplyTo: [] },
    attachments: await Promise.all(
      message.files.map(async (file) => ({
        name: file.name,
        type: file.mediaType,
        bytes: await file.read(),
      })),
    ),
    automatic,
  }
}

/** «Re: » once, whatever the programs on the way have put before it. */
function answering(subject: string | null): string | undefined {
  const bare = subject?.replace(/^(?:\s*(?:re|fwd?|aw|ha|на|отв(?:ет)?)(?:\[\d{1,3}\])?\s*:)+/iu, '').trim()
  return bare ? `Re: ${bare}` : undefined
}
