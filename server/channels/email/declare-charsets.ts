import { decode, guessCharset, isCharset, isUtf8 } from './guess-charset.ts'
import { mailLimits } from './mail-limits.ts'

/** As much of a text as tells its charset. */
const SAMPLE_CHARS = 16 * 1024
const SAMPLE_LINES = 100
/** What says no more than that nothing was said. */
const MEANINGLESS = new Set(['us-ascii', 'ascii', 'utf-8', 'utf8'])

/** Does a part of the mail name a charset that nobody knows? */
export function namesUnknownCharset(raw: Uint8Array): boolean {
  const named = firstOf(lettersOf(raw), /charset\s*=\s*"?([^\s";]{1,60})/gi, mailLimits.sameBoundary)
  return named.some(([, name = '']) => !isCharset(name))
}

/**
 * The mail as it would be if its program had said in which charsets it writes; for one that came out unreadable. Header lines in eight bits
 * are put into UTF-8, texts get the name of the charset that they are in, and neighbouring encoded words are joined, for old programs
 * cut letters in two between them.
 */
export function declareCharsets(raw: Uint8Array): Uint8Array {
  const mail = lettersOf(raw)
  const mended: string[] = []
  let read = 0
  for (const { from, to } of headsOf(mail)) {
    const head = mail.slice(from, to)
    const body = mail.slice(to, to + SAMPLE_CHARS)
    mended.push(mail.slice(read, from), withCharset(inUtf8(joinWords(head)), body, from === 0))
    read = to
  }
  mended.push(mail.slice(read))
  return Buffer.from(mended.join(''), 'latin1')
}

/** A letter for a byte. */
function lettersOf(raw: Uint8Array): string {
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1')
}
const bytesOf = (letters: string): Buffer => Buffer.from(letters, 'latin1')

/** The first matches: a mail may be made of nothing else. */
function firstOf(text: string, pattern: RegExp, most: number): RegExpExecArray[] {
  const found: RegExpExecArray[] = []
  for (const match of text.matchAll(pattern)) if (found.push(match) === most) break
  return found
}

/** Where the heads of the mail and of its parts stand, without the empty line that ends them. */
function headsOf(mail: string): { from: number; to: number }[] {
  const naming = /boundary\s*=\s*(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi
  const named = firstOf(mail, naming, mailLimits.boundaries)
  const boundaries = new Set(named.map(([, quoted, bare]) => `--${quoted ?? bare}`))
  const begins = firstOf(mail, /(?<=\n)--[^\r\n]{1,200}\r?\n/g, mailLimits.boundaries)
    .filter(([line]) => boundaries.has(line.trimEnd()))
    .map(({ index, 0: line }) => index + line.length)
  return [0, ...begins.slice(0, mailLimits.attachments)].flatMap((from) => {
    const length = mail.slice(from, from + mailLimits.headerBytes).search(/\r?\n\r?\n/)
    return length === -1 ? [] : [{ from, to: from + length }]
  })
}

function joinWords(head: string): string {
  return head.replace(
    /=\?([^?\s]+)\?b\?[^?\s]*\?=(?:\s+=\?\1\?b\?[^?\s]*\?=)+/gi,
    (words, charset: string) => {
      const parts = [...words.matchAll(/\?b\?([^?\s]*)\?=/gi)].map(([, part = '']) =>
        Buffer.from(part, 'base64'),
      )
      return `=?${charset}?B?${Buffer.concat(parts).toString('base64')}?=`
    },
  )
}

/** One program wrote it all: it is in one charset, most likely that of the text. */
function inUtf8(head: string): string {
  const bytes = bytesOf(head)
  if (isUtf8(bytes)) return head
  const named = charsetOf(head)
  const strange = firstOf(head, /[\x80-\xff][^\n]{0,200}/g, SAMPLE_LINES).map(([line]) => line)
  const sample = bytesOf(strange.join('\n'))
  const charset = named !== undefined && isMeaningful(named) ? named : guessCharset(sample)
  return charset === 'utf-8' ? head : Buffer.from(decode(bytes, charset)).toString('latin1')
}

const charsetOf = (head: string): string | undefined => /charset\s*=\s*"?([^\s";]+)/i.exec(head)?.[1]

const isMeaningful = (charset: string): boolean =>
  isCharset(charset) && !MEANINGLESS.has(charset.toLowerCase())

/** Names the charset of a text in its head. A mail without a word about its content is a text. */
function withCharset(head: string, body: string, isFirst: boolean): string {
  const type = /^content-type:\s*([^\s;]*)/im.exec(head)?.[1]
  if (type === undefined ? !isFirst : !/^text\//i.test(type)) return head
  const named = charsetOf(head)
  if (named !== undefined && isMeaningful(named)) return head
  const charset = guessCharset(decoded(head, body))
  if (type === undefined) return `${head}\r\nContent-Type: text/plain; charset=${charset}`
  if (named !== undefined) return head.replace(/(charset\s*=\s*)(?:"[^"\r\n]*"|[^\s";]+)/i, `$1${charset}`)
  return head.replace(/^content-type:\s*[^\s;]*/im, `$&; charset=${charset}`)
}

/** The bytes of a text under its transfer encoding, as far as they tell the charset. */
function decoded(head: string, body: string): Buffer {
  const encoding = /^content-transfer-encoding:\s*"?([\w-]+)/im.exec(head)?.[1]?.toLowerCase()
  const own = body.split(/\r?\n--/)[0] ?? ''
  if (encoding === 'base64') return Buffer.from(own, 'base64')
  if (encoding !== 'quoted-printable') return bytesOf(own)
  return bytesOf(
    own
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  )
}
