import { comparableAddress } from './mail-address.ts'
import { headerValues, type MailAttachment, type ParsedMail, readMessageIds } from './parse-mail.ts'
import { cutText, oneLine } from './storable-text.ts'

/** What became of a mail at one recipient. `status` is the code of RFC 3463 («5.1.1»). */
export type Delivery = {
  readonly recipient: string | null
  readonly action: 'failed' | 'delayed' | 'delivered'
  readonly status: string | null
  /** The other server's words: personal data, for the agent's eyes only. */
  readonly diagnostic: string | null
}

/** A notification of delivery. Anybody can write one: act on it only when `originalMessageId` proves to be ours. */
export type Bounce = { readonly originalMessageId: string | null; readonly deliveries: readonly Delivery[] }

const recipientsMax = 50
const diagnosticChars = 500
const reportChars = 64 * 1024

/**
 * Reads a delivery status notification (RFC 3464), or what Exim and qmail wrote before it. Null for any other mail, among them reports of
 * abuse (RFC 5965) and read receipts (RFC 8098).
 */
export function readBounce(mail: ParsedMail): Bounce | null {
  const report = mail.attachments.find(({ declaredType }) =>
    /^message\/(?:global-)?delivery-status$/.test(declaredType),
  )
  const deliveries = report ? readStatus(textOf(report)) : (readExim(mail) ?? readQmail(mail))
  if (!deliveries || deliveries.length === 0) return null
  return { originalMessageId: originalMessageId(mail), deliveries: deliveries.slice(0, recipientsMax) }
}

function readStatus(text: string): Delivery[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map(fieldsOf)
    .flatMap((fields) => {
      const action = actionOf(fields.get('action') ?? '', fields.get('status') ?? '')
      const recipient = fields.get('original-recipient') ?? fields.get('final-recipient')
      if (action === null || recipient === undefined) return []
      return [
        {
          recipient: afterType(recipient),
          action,
          status: statusIn(fields.get('status')),
          diagnostic: diagnosticOf(fields),
        },
      ]
    })
}

/** The fields of one block, unfolded; the first of a name counts. */
function fieldsOf(block: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase()))
      fields.set(name.toLowerCase(), value.trim())
  }
  return fields
}

/** RFC 3464 §2.3.3: relayed and expanded mean that it went on. Where the action is missing the class of the status says it. */
function actionOf(action: string, status: string): Delivery['action'] | null {
  const word = action.toLowerCase()
  if (word.startsWith('failed') || (word === '' && status.startsWith('5.'))) return 'failed'
  if (word.startsWith('delayed') || (word === '' && status.startsWith('4.'))) return 'delayed'
  return /^(?:delivered|relayed|expanded)/.test(word) || (word === '' && status.startsWith('2.'))
    ? 'delivered'
    : null
}

function afterType(value: string): string | null {
  return comparableAddress(
    value
      .replace(/^[^;]*;/, '')
      .trim()
      .replace(/^<|>$/g, ''),
  )
}

function diagnosticOf(fields: Map<string, string>): string | null {
  const words = fields.get('diagnostic-code')?.replace(/^[^;]{1,30};\s*/, '')
  return words ? cutText(oneLine(words), diagnosticChars).text : null
}

function statusIn(text: string | undefined): string | null {
  return /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(text ?? '')?.[0] ?? null
}

/** Exim without a report names those whom it could not reach in a header of its own. */
function readExim(mail: ParsedMail): Delivery[] | null {
  const failed = headerValues(mail, 'x-failed-recipients').flatMap((value) => value.split(','))
  if (failed.length === 0) return null
  const diagnostic =
    cutText(oneLine(/SMTP error[^\n]*\n?[^\n]*/i.exec(mail.text)?.[0] ?? ''), diagnosticChars).text || null
  return failed.map((address) => ({
    recipient: comparableAddress(address),
    action: 'failed',
    status: statusIn(mail.text),
    diagnostic,
  }))
}

/** qmail's QSBMF: an introduction, then «<address>:» and the reason. */
function readQmail(mail: ParsedMail): Delivery[] | null {
  if (!/^Hi\. This is the qmail-send program/i.test(mail.text.trimStart())) return null
  return [...mail.text.slice(0, reportChars).matchAll(/^<([^<>\n]+)>:\n([^\n]*)/gm)].map(
    ([, address = '', reason = '']) => ({
      recipient: comparableAddress(address),
      action: 'failed',
      status: statusIn(reason),
      diagnostic: cutText(oneLine(reason), diagnosticChars).text || null,
    }),
  )
}

/** From the returned mail or its headers; else from the text below, where the old servers put it. */
function originalMessageId(mail: ParsedMail): string | null {
  const returned = mail.attachments.filter(({ declaredType }) =>
    /^(?:message\/(?:global|rfc822)|text\/rfc822)/.test(declaredType),
  )
  const texts = [...returned.map(textOf), mail.text.slice(0, reportChars)]
  for (const text of texts) {
    const id = readMessageIds(/^message-id:\s*(<[^<>\s]+>)/im.exec(text)?.[1])[0]
    if (id !== undefined) return id
  }
  return mail.inReplyTo[0] ?? null
}

function textOf(part: MailAttachment): string {
  return Buffer.from(part.bytes.subarray(0, reportChars)).toString('utf8')
}
