const OCTETS = 'application/octet-stream'
// Control characters that no text has: all but tab, line feed, form feed, carriage return and escape.
const isControl = (byte: number) =>
  byte < 9 || byte === 11 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32) || byte === 127
/** Markup that scripts can hide in counts as such anywhere near the start: browsers look as far (WHATWG MIME sniffing, 5). */
const MARKUP_WITHIN = 4096

const HTML =
  /<(?:!doctype\s+html|html|head|body|script|iframe|style|title|div|table|br|p|h1|a|img|font|b|link|meta)[\s/>]/i

/** Does it begin with the byte order mark of UTF-16? */
export function isUtf16(head: Buffer): boolean {
  return head.length >= 2 && [0xfeff, 0xfffe].includes(head.readUInt16BE(0))
}

/** Tells SVG, HTML, XML, CSV and plain text apart by their head; what is no text is octets. */
export function judgeText(head: Buffer): string {
  const text = decode(head)
  if (text === undefined) return OCTETS
  const start = text
    .slice(0, MARKUP_WITHIN)
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (start.startsWith('<') || HTML.test(start)) {
    if (/<(?:\w+:)?svg[\s/>]/i.test(start)) return 'image/svg+xml'
    if (HTML.test(start)) return 'text/html'
    if (start.startsWith('<?xml')) return 'application/xml'
  }
  return looksLikeTable(start) ? 'text/csv' : 'text/plain'
}

function decode(head: Buffer): string | undefined {
  if (!isUtf16(head)) return head.some(isControl) ? undefined : head.toString('utf8')
  const text = new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head)
  return text.includes('\0') ? undefined : text
}

/** At least two columns and three rows, and every row cut by the same sign into the same number of cells. */
function looksLikeTable(text: string): boolean {
  // The last row may have been cut by the end of the head.
  const rows = text.split(/\r?\n/).filter((row) => row !== '')
  const whole = rows.length > 3 ? rows.slice(0, -1) : rows
  if (whole.length < 3) return false
  return [';', '\t', ','].some((sign) => {
    const [first = 0, ...others] = whole.map((row) => cellsOf(row, sign))
    return first >= 2 && others.every((cells) => cells === first)
  })
}

function cellsOf(row: string, sign: string): number {
  return row.replace(/"(?:[^"]|"")*"/g, '').split(sign).length
}
