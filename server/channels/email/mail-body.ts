import type { InboundFile, MessageBody } from '../../care/timeline/index.ts'
import type { SenderAuthentication } from './authenticate-sender.ts'
import { foldQuotes, type MailPart } from './fold-quotes.ts'
import { type MailAddress, readableAddress } from './mail-address.ts'
import { shownCuts } from './mail-cuts.ts'
import type { ParsedMail } from './parse-mail.ts'
import type { MachineVerdict } from './recognise-machine.ts'
import { makeSafeHtml } from './safe-html.ts'
import { cutText } from './storable-text.ts'
import { isForOutlook } from './tnef.ts'

/** What of a mail stands on the timeline, in UTF-16 units; the whole is kept as it came. */
const kept = { text: 100_000, quoted: 100_000, signature: 4_000, html: 500_000, recipients: 20, answerTo: 5 }

/** The mail as an entry: its own words, and folded away what it quotes, how it is signed and how it looks. */
export function bodyOf(
  mail: ParsedMail,
  { spf, dkim, dmarc }: SenderAuthentication,
  verdict: MachineVerdict,
  ownAddress: string,
): MessageBody {
  const { reply, parts } = foldQuotes(mail.text)
  const text = cutText(reply, kept.text)
  const quoted = textOf(parts, 'quoted', kept.quoted)
  const signature = textOf(parts, 'signature', kept.signature)
  const recipients = [...mail.to, ...mail.cc]
  const answerTo = otherAddresses(mail, ownAddress)
  const cuts = shownCuts(mail.cuts, {
    text: text.cut,
    quoted: quoted.cut,
    html: (mail.html?.length ?? 0) > kept.html,
    recipients: recipients.length > kept.recipients,
  })
  return {
    type: 'message',
    text: text.text,
    mail: {
      subject: mail.subject,
      from: mail.from ? shown(mail.from) : '',
      to: recipients.slice(0, kept.recipients).map(shown),
      ...(answerTo.length > 0 && { answerTo: answerTo.slice(0, kept.answerTo).map(shown) }),
      ...(quoted.text && { quoted: quoted.text }),
      ...(signature.text && { signature: signature.text }),
      ...htmlOf(mail),
      ...(cuts.length > 0 && { cuts }),
      ...(mail.attachments.some(isForOutlook) && { outlookOnly: true }),
      ...(verdict.machine && { machine: verdict.why }),
      authentication: { spf, dkim, dmarc },
    },
  }
}

/**
 * Where the sender asks to be answered, apart from where they write from. Anybody can write any address there, so nothing is sent to it: the
 * agent is told.
 */
function otherAddresses({ from, replyTo }: ParsedMail, ownAddress: string): MailAddress[] {
  const known = new Set([from?.address, ownAddress].map((address) => address?.toLowerCase()))
  return replyTo.filter(({ address }) => !known.has(address.toLowerCase()))
}

/** Files with what the HTML calls them by. */
export function filesOf({ attachments }: Pick<ParsedMail, 'attachments'>): InboundFile[] {
  return attachments.map(({ bytes, name, declaredType, contentId }) => ({
    name: name ?? nameless(declaredType),
    declaredType,
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    ...(contentId !== null && { contentId }),
  }))
}

function textOf(
  parts: readonly MailPart[],
  kind: MailPart['kind'],
  max: number,
): { text: string; cut: boolean } {
  const texts = parts.filter((part) => part.kind === kind).map(({ text }) => text)
  return cutText(texts.join('\n').trim(), max)
}

function shown({ name, address }: MailAddress): string {
  return name === '' ? readableAddress(address) : `${name} <${readableAddress(address)}>`
}

/** Images inside the mail keep the name of their file (`cid:`, RFC 2392); whoever shows the mail knows where the file is. */
function htmlOf({ html, attachments }: ParsedMail): { html?: string; remoteImages?: number } {
  if (html === null) return {}
  const names = new Set(attachments.map(({ contentId }) => contentId))
  const safe = makeSafeHtml(html.slice(0, kept.html), (id) =>
    names.has(id) ? `cid:${encodeURIComponent(id)}` : null,
  )
  return { html: safe.html, ...(safe.remoteImages > 0 && { remoteImages: safe.remoteImages }) }
}

function nameless(declaredType: string): string {
  if (declaredType === 'message/rfc822') return 'message.eml'
  const [kind = '', subtype = ''] = declaredType.split('/')
  return kind === 'image' && /^[a-z0-9]+$/.test(subtype) ? `image.${subtype}` : 'attachment'
}
