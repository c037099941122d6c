import type { SendMailOptions } from 'nodemailer'
import { comparableAddress, type MailAddress } from './mail-address.ts'
import { mailLimits } from './mail-limits.ts'
import { type MailKeys, type MailPlace, makeReplyAddress } from './own-ids.ts'
import type { ParsedMail } from './parse-mail.ts'
import { cutText, oneLine, storableText } from './storable-text.ts'
import { threadHeaders } from './thread-mail.ts'

/** The mailbox of the operator that mails leave from. */
export type OwnMailbox = {
  readonly from: MailAddress
  /** The domain of our Message-IDs. */
  readonly domain: string
  readonly loopMark: string
  readonly keys: MailKeys
  /** Whether the server delivers `support+token@…` to the same mailbox. */
  readonly takesPlusAddresses: boolean
}

export type OutgoingMail = {
  readonly place: MailPlace
  /** Only addresses that are in the lane already. */
  readonly to: readonly MailAddress[]
  readonly cc?: readonly MailAddress[]
  readonly subject: string
  readonly text: string
  /** The operator's signature in the language of the reader. */
  readonly signature?: string
  /** The mail that is answered, null for a first one. */
  readonly answered: Pick<ParsedMail, 'messageId' | 'isMessageIdMade' | 'references' | 'inReplyTo'> | null
  /** The old text to repeat below, with its introduction («22.11.2026, 10:00, Иван пишет:»). */
  readonly quoted?: { readonly intro: string; readonly text: string }
  readonly attachments?: readonly {
    readonly name: string
    readonly type: string
    readonly bytes: Uint8Array
  }[]
  /** No person wrote it: other machines are asked to be silent, and nobody is told of its failure (RFC 3834 §3.1.7). */
  readonly automatic: boolean
}

/**
 * What nodemailer is to send. Raises RangeError when a recipient is no address or none is given: a lane holds none such.
 */
export function composeMail(mail: OutgoingMail, mailbox: OwnMailbox): SendMailOptions {
  const to = mail.to.map(sendable)
  const cc = (mail.cc ?? []).map(sendable)
  if (to.length === 0) throw new RangeError('a mail goes to somebody')
  const { messageId, inReplyTo, references } = threadHeaders(
    mail.place,
    mail.answered,
    mailbox.domain,
    mailbox.keys,
  )
  return {
    from: sendable(mailbox.from),
    to,
    cc,
    ...replyTo(mail.place.laneId, mailbox),
    subject: cutText(oneLine(mail.subject), mailLimits.subjectChars).text,
    text: plainBody(mail),
    html: htmlBody(mail),
    messageId,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(references === undefined ? {} : { references }),
    headers: machineHeaders(mail.automatic, mailbox.loopMark),
    attachments: (mail.attachments ?? []).map(({ name, type, bytes }) => ({
      filename: oneLine(name),
      contentType: type,
      content: Buffer.from(bytes),
    })),
    envelope: {
      from: mail.automatic ? '' : sendable(mailbox.from).address,
      to: [...to, ...cc].map(({ address }) => address),
    },
    // Nothing in a mail may make the server read its own files or call other hosts.
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function sendable({ name, address }: MailAddress): MailAddress {
  const comparable = comparableAddress(address)
  if (comparable === null) throw new RangeError('a mail goes to addresses')
  return { name: oneLine(storableText(name)), address: comparable }
}

function replyTo(laneId: string, { from, keys, takesPlusAddresses }: OwnMailbox): { replyTo?: MailAddress } {
  if (!takesPlusAddresses) return {}
  const { name, address } = sendable(from)
  return { replyTo: { name, address: makeReplyAddress(address, laneId, keys) } }
}

/** X-Loop stands in all: what comes back with it was sent round by a rule of forwarding. */
function machineHeaders(automatic: boolean, loopMark: string): Record<string, string> {
  const loop = { 'X-Loop': loopMark }
  return automatic ? { ...loop, 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : loop
}

function plainBody({ text, signature, quoted }: OutgoingMail): string {
  const parts = [storableText(text).trimEnd()]
  if (signature) parts.push(`-- \n${storableText(signature)}`)
  if (quoted) parts.push(`${oneLine(quoted.intro)}\n${marked(storableText(quoted.text))}`)
  return `${parts.join('\n\n')}\n`
}

function marked(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?=>)/gm, '>')
    .replace(/^(?!>)/gm, '> ')
}

function htmlBody({ text, signature, quoted }: OutgoingMail): string {
  const parts = [paragraphs(text)]
  if (signature) parts.push(`<div style="color:#666">-- <br>${lines(signature)}</div>`)
  if (quoted)
    parts.push(`<p>${lines(oneLine(quoted.intro))}</p><blockquote>${lines(quoted.text)}</blockquote>`)
  return `<div dir="auto">${parts.join('\n')}</div>`
}

function paragraphs(text: string): string {
  const blocks = storableText(text)
    .trim()
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
  return blocks.map((block) => `<p>${lines(block)}</p>`).join('\n')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function lines(text: string): string {
  return storableText(text)
    .replace(/[&<>"]/g, (letter) => entities[letter] ?? letter)
    .replace(/\r\n?|\n/g, '<br>\n')
}
