/** As long as «flowed», so that no length changes: a format that the parser takes as it is. */
const asItIs = 'fixed '

/**
 * Takes «format=flowed» (RFC 3676) out of a mail's part heads. The parser joins flowed lines without looking at their quote marks, so that
 * the answer below «> a quoted line » would become a part of the quote; `unflowText` joins them afterwards.
 */
export function withoutFlowed(raw: Uint8Array): { raw: Uint8Array; isFlowed: boolean } {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  if (!/flowed/i.test(bytes.toString('latin1'))) return { raw, isFlowed: false }
  const text = bytes.toString('latin1').replace(/(;\s*format\s*=\s*"?)flowed/gi, `$1${asItIs}`)
  return { raw: Buffer.from(text, 'latin1'), isFlowed: true }
}

/** Joins lines that end with a space to the next one of the same quote depth (RFC 3676 §4.2); «-- » stays a line of its own. */
export function unflowText(text: string): string {
  const joined: string[] = []
  for (const line of text.split(/\r?\n/)) {
    const above = joined.at(-1)
    const isContinuation =
      above?.endsWith(' ') && above !== '-- ' && line !== '-- ' && depthOf(above) === depthOf(line)
    if (isContinuation)
      joined[joined.length - 1] = `${above}${depthOf(line) ? line.replace(/^>+ ?/, '') : line}`
    else joined.push(line)
  }
  return joined.join('\n')
}

function depthOf(line: string): number {
  return /^>*/.exec(line)?.[0].length ?? 0
}
