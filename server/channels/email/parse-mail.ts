import { createHash } from 'node:crypto'
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime'
import { declareCharsets, namesUnknownCharset } from './declare-charsets.ts'
import { htmlToText } from './html-to-text.ts'
import { comparableAddress, type MailAddress } from './mail-address.ts'
import { boundedRaw, type MailCut, mailLimits } from './mail-limits.ts'
import { cutText, oneLine, storableText } from './storable-text.ts'
import { unflowText, withoutFlowed } from './unflow-text.ts'

/** One file of a mail. `declaredType` is the sender's word: judge by the bytes. */
export type MailAttachment = {
  readonly bytes: Uint8Array
  readonly name: string | null
  readonly declaredType: string
  /** Content-ID without its angle brackets. */
  readonly contentId: string | null
  /** Shown inside the HTML rather than offered as a file. */
  readonly inline: boolean
}

/** A header as it came, unfolded; `name` in lower case. */
export type MailHeader = { readonly name: string; readonly value: string }

/** A received mail, understood and bounded. Every string can be stored; every address is in its comparable form. */
export type ParsedMail = {
  /** `<…>` as sent, or made from the bytes when it is missing: never empty, the same for the same bytes. */
  readonly messageId: string
  /** The sender gave no usable Message-ID. */
  readonly isMessageIdMade: boolean
  readonly from: MailAddress | null
  readonly to: readonly MailAddress[]
  readonly cc: readonly MailAddress[]
  readonly replyTo: readonly MailAddress[]
  readonly subject: string
  /** The sender's clock: shown, never sorted by. */
  readonly sentAt: Date | null
  readonly inReplyTo: readonly string[]
  /** Oldest first, at most 20: the first and the latest are kept. */
  readonly references: readonly string[]
  /** The plain part; the HTML turned into text where there is none. */
  readonly text: string
  readonly html: string | null
  readonly attachments: readonly MailAttachment[]
  readonly headers: readonly MailHeader[]
  readonly cuts: readonly MailCut[]
}

/**
 * Reads a mail from its raw bytes. Raises nothing: what cannot be understood or is over `mailLimits` is left out and named in `cuts`.
 */
export async function parseMail(bytes: Uint8Array): Promise<ParsedMail> {
  const { raw, cuts } = boundedRaw(bytes)
  const unflowed = withoutFlowed(raw)
  const { email, isHeadOnly } = await readParts(unflowed.raw)
  if (isHeadOnly) cuts.push('too-deep-or-headers-too-big')
  const bounded = <Value>(value: { kept: Value; isCut: boolean }, cut: MailCut): Value => {
    if (value.isCut && !cuts.includes(cut)) cuts.push(cut)
    return value.kept
  }
  const addresses = (list: Address[] | undefined) => bounded(readAddresses(list), 'too-many-addresses')

  const givenId = readMessageIds(email.messageId)[0]
  const html = bounded(boundedText(email.html ?? '', mailLimits.htmlChars), 'html-too-long')
  const plain = email.text?.trim() ? email.text.replaceAll('\r\n', '\n') : htmlToText(html)
  const text = unflowed.isFlowed ? unflowText(plain) : plain
  return {
    messageId: givenId ?? madeMessageId(bytes),
    isMessageIdMade: givenId === undefined,
    from: readAddresses(email.from ? [email.from] : []).kept[0] ?? null,
    to: addresses(email.to),
    cc: addresses(email.cc),
    replyTo: addresses(email.replyTo),
    subject: bounded(boundedText(oneLine(email.subject ?? ''), mailLimits.subjectChars), 'subject-too-long'),
    sentAt: readDate(email.date),
    inReplyTo: readMessageIds(email.inReplyTo).slice(0, mailLimits.references),
    references: firstAndLatest(readMessageIds(email.references)),
    text: bounded(boundedText(text, mailLimits.textChars), 'text-too-long'),
    html: html === '' ? null : html,
    attachments: bounded(
      firstOf(email.attachments.map(readAttachment), mailLimits.attachments),
      'too-many-attachments',
    ),
    headers: bounded(firstOf(email.headers.map(readHeader), mailLimits.headers), 'too-many-headers'),
    cuts,
  }
}

/** The values of a header, topmost first; `name` in lower case. */
export function headerValues(mail: Pick<ParsedMail, 'headers'>, name: string): string[] {
  return mail.headers.filter((header) => header.name === name).map((header) => header.value)
}

/** The `<…>` identifiers of a header value in their order, over-long ones left out. */
export function readMessageIds(value: string | undefined): string[] {
  const ids = value?.slice(0, mailLimits.headerBytes).match(/<[^<>\s]+>/g) ?? []
  return ids.map(storableText).filter((id) => id.length <= mailLimits.messageIdChars)
}

async function readParts(raw: Uint8Array): Promise<{ email: Email; isHeadOnly: boolean }> {
  try {
    const email = await readWith(raw)
    const isReadable = lostLetters(email) === 0 && !namesUnknownCharset(raw)
    return { email: isReadable ? email : await readMended(raw, email), isHeadOnly: false }
  } catch {
    return readUnlikely(raw)
  }
}

/** What of its words the parser could not make out: they were in no charset that the mail names. */
function lostLetters({ subject = '', from, text = '', html = '', attachments }: Email): number {
  const words = [subject, from?.name ?? '', text, html, ...attachments.map(({ filename }) => filename ?? '')]
  return words.reduce((sum, some) => sum + some.split('\uFFFD').length - 1, 0)
}

async function readMended(raw: Uint8Array, asItCame: Email): Promise<Email> {
  const email = await readWith(declareCharsets(raw))
  return lostLetters(email) <= lostLetters(asItCame) ? email : asItCame
}

/** The parser refuses what nests too deeply or has too long a head: without its over-long headers a mail is often like any other. */
async function readUnlikely(raw: Uint8Array): Promise<{ email: Email; isHeadOnly: boolean }> {
  try {
    return { email: await readWith(withShortHeaders(raw)), isHeadOnly: false }
  } catch {
    // The first headers still say who wrote and why.
    return { email: await readWith(headOf(raw)), isHeadOnly: true }
  }
}

function withShortHeaders(raw: Uint8Array): Uint8Array {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const end = bytes.indexOf('\r\n\r\n')
  const head = bytes.subarray(0, end === -1 ? undefined : end).toString('latin1')
  const short = head.split(/\r\n(?![ \t])/).map((header) => header.slice(0, mailLimits.headerChars))
  return Buffer.concat([
    Buffer.from(short.join('\r\n'), 'latin1'),
    end === -1 ? Buffer.alloc(0) : bytes.subarray(end),
  ])
}

function readWith(raw: Uint8Array): Promise<Email> {
  return PostalMime.parse(raw, {
    maxNestingDepth: mailLimits.nesting,
    maxHeadersSize: mailLimits.headerBytes,
    maxRfc822NestingDepth: mailLimits.nestedMessages,
  })
}

function headOf(raw: Uint8Array): Uint8Array {
  const head = Buffer.from(raw.subarray(0, mailLimits.headerBytes / 2)).toString('latin1')
  const end = head.search(/\r?\n\r?\n/)
  return Buffer.from(
    head.slice(0, end === -1 ? undefined : end).replace(/^content-/gim, 'x-cut-content-'),
    'latin1',
  )
}

function madeMessageId(bytes: Uint8Array): string {
  return `<${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}@made.invalid>`
}

function boundedText(text: string, max: number): { kept: string; isCut: boolean } {
  const { text: kept, cut } = cutText(text, max)
  return { kept, isCut: cut }
}

function firstOf<Item>(items: readonly Item[], max: number): { kept: readonly Item[]; isCut: boolean } {
  return { kept: items.slice(0, max), isCut: items.length > max }
}

/** RFC 5322 §3.6.4 lets one trim the middle of a long list: the first names the thread, the last the message answered. */
function firstAndLatest(ids: string[]): string[] {
  if (ids.length <= mailLimits.references) return ids
  return [...ids.slice(0, 1), ...ids.slice(1 - mailLimits.references)]
}

function readAddresses(list: readonly Address[] = []): { kept: readonly MailAddress[]; isCut: boolean } {
  const mailboxes = list.flatMap((entry) => (entry.group ? entry.group : [entry]))
  const { kept, isCut } = firstOf(mailboxes, mailLimits.addresses)
  const readable = kept.flatMap(({ name, address }) => {
    const comparable = comparableAddress(storableText(address))
    return comparable === null
      ? []
      : [{ name: cutText(oneLine(name), mailLimits.subjectChars).text, address: comparable }]
  })
  return { kept: readable, isCut }
}

function readDate(value: string | undefined): Date | null {
  const date = new Date(value ?? Number.NaN)
  const year = date.getUTCFullYear()
  return year >= 1970 && year < 10_000 ? date : null
}

function readHeader({ key, value }: { key: string; value: string }): MailHeader {
  return { name: storableText(key), value: cutText(value, mailLimits.headerChars).text }
}

function readAttachment(part: Attachment): MailAttachment {
  const bytes = typeof part.content === 'string' ? Buffer.from(part.content) : new Uint8Array(part.content)
  const name = cutText(oneLine(part.filename ?? ''), mailLimits.fileNameChars).text.replace(/^.*[/\\]/, '')
  return {
    bytes,
    name: name === '' ? null : name,
    declaredType: cutText(oneLine(part.mimeType), mailLimits.fileNameChars).text.toLowerCase(),
    contentId: part.contentId ? storableText(part.contentId.replace(/^\s*<|>\s*$/g, '')) : null,
    inline: part.related === true || part.disposition === 'inline',
  }
}
