import type { StoredMail } from '../mailbox.ts'
import { Unsupported } from './errors.ts'

const section = /^BODY(?:\.PEEK)?\[([^\]]*)\](?:<(\d+)(?:\.(\d+))?>)?$/i

/** The items of a FETCH command, in their order. */
export const itemsOf = (text: string): string[] =>
  text.match(/BODY(?:\.PEEK)?\[[^\]]*\](?:<[\d.]+>)?|[A-Z0-9.]+/gi) ?? []

/** True if reading these items marks the mail as seen (BODY[…] without PEEK). */
export const marksSeen = (items: string[]): boolean => items.some((item) => /^BODY\[/i.test(item))

/** `* 3 FETCH (…)` of one mail. Raises `Unsupported` for an item beyond this subset (ENVELOPE, BODYSTRUCTURE …). */
export function fetchLine(sequence: number, mail: StoredMail, items: string[]): Buffer {
  const parts = items.map((item) => itemValue(mail, item))
  const spaced = parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from(' '), part]))
  return Buffer.concat([Buffer.from(`* ${sequence} FETCH (`), ...spaced, Buffer.from(')\r\n')])
}

function itemValue(mail: StoredMail, item: string): Buffer {
  switch (item.toUpperCase()) {
    case 'UID':
      return Buffer.from(`UID ${mail.uid}`)
    case 'FLAGS':
      return Buffer.from(`FLAGS (${[...mail.flags].join(' ')})`)
    case 'INTERNALDATE':
      return Buffer.from(`INTERNALDATE "${imapDate(mail.at)}"`)
    case 'RFC822.SIZE':
      return Buffer.from(`RFC822.SIZE ${mail.raw.length}`)
    default:
      return bodyValue(mail, item)
  }
}

function bodyValue(mail: StoredMail, item: string): Buffer {
  const asked = section.exec(item)
  if (!asked) throw new Unsupported(item)
  const [, what = '', start, length] = asked
  const whole = partOf(mail.raw, what)
  const bytes =
    start === undefined
      ? whole
      : whole.subarray(Number(start), Number(start) + Number(length ?? whole.length))
  const origin = start === undefined ? '' : `<${start}>`
  return Buffer.concat([Buffer.from(`BODY[${what}]${origin} {${bytes.length}}\r\n`), bytes])
}

/** The whole, the header, some fields of the header, or the text after it. */
function partOf(raw: Buffer, what: string): Buffer {
  const end = raw.indexOf('\r\n\r\n')
  const [header, text] = end < 0 ? [raw, Buffer.alloc(0)] : [raw.subarray(0, end + 4), raw.subarray(end + 4)]
  const fields = /^HEADER\.FIELDS \(([^)]*)\)$/i.exec(what)?.[1]
  if (fields !== undefined) return headerFields(header, new Set(fields.toLowerCase().split(/\s+/)))
  if (what === '') return raw
  if (what.toUpperCase() === 'HEADER') return header
  if (what.toUpperCase() === 'TEXT') return text
  throw new Unsupported(what)
}

function headerFields(header: Buffer, names: Set<string>): Buffer {
  const fields = header.toString('latin1').split(/\r\n(?![ \t])/)
  const kept = fields.filter((field) =>
    names.has((field.split(':')[0] ?? '').replace(/"/g, '').toLowerCase()),
  )
  return Buffer.from([...kept, '', ''].join('\r\n'), 'latin1')
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
function imapDate(at: Date): string {
  const [day, time] = [String(at.getUTCDate()).padStart(2, ' '), at.toISOString().slice(11, 19)]
  return `${day}-${months[at.getUTCMonth()]}-${at.getUTCFullYear()} ${time} +0000`
}
