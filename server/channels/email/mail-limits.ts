/**
 * What a stranger's mail may cost. Sizes are bytes or UTF-16 units as said; a mail over a limit is cut and says so,
 * it is never refused: its raw bytes are kept by the caller.
 */
export const mailLimits = {
  /** Bytes of the whole message; the rest is not looked at. */
  rawBytes: 30 * 1024 * 1024,
  /** Lines of the whole message: 30 MB of base64 has 410,000. */
  lines: 500_000,
  /** Bytes of the headers of all parts together. */
  headerBytes: 256 * 1024,
  /** Multiparts within multiparts. */
  nesting: 30,
  /** Messages within messages that are opened; deeper ones stay attachments. */
  nestedMessages: 3,
  /** Times that one boundary line may stand in the message. */
  sameBoundary: 1_000,
  /** Lines that look like a boundary, all together. */
  boundaries: 10_000,
  attachments: 100,
  addresses: 200,
  headers: 300,
  headerChars: 8 * 1024,
  references: 20,
  messageIdChars: 250,
  subjectChars: 500,
  textChars: 1_000_000,
  htmlChars: 2_000_000,
  fileNameChars: 200,
} as const

/** Why a part of a mail is missing from what was parsed. */
export type MailCut =
  | 'too-big'
  | 'too-many-lines'
  | 'too-many-parts'
  | 'too-deep-or-headers-too-big'
  | 'too-many-attachments'
  | 'too-many-addresses'
  | 'too-many-headers'
  | 'subject-too-long'
  | 'text-too-long'
  | 'html-too-long'

/**
 * The bytes that are worth parsing. The parser takes any number of lines at 9 µs and parts at 26 µs each (measured), so that a mail
 * of 25 MB made of the shortest ones would cost a minute: a message ends before its line or boundary over the limit.
 */
export function boundedRaw(raw: Uint8Array): { raw: Uint8Array; cuts: MailCut[] } {
  const sized = raw.subarray(0, mailLimits.rawBytes)
  const lined = sized.subarray(0, endOfAllowedLines(sized))
  const parted = lined.subarray(0, endOfAllowedParts(lined))
  const cuts: MailCut[] = []
  if (sized.length < raw.length) cuts.push('too-big')
  if (lined.length < sized.length) cuts.push('too-many-lines')
  if (parted.length < lined.length) cuts.push('too-many-parts')
  return { raw: parted, cuts }
}

function endOfAllowedLines(raw: Uint8Array): number {
  const ends = { lineFeed: 10, carriageReturn: 13 }
  let lines = 0
  for (let at = 0; at < raw.length; at += 1) {
    const isLoneReturn = raw[at] === ends.carriageReturn && raw[at + 1] !== ends.lineFeed
    if (raw[at] !== ends.lineFeed && !isLoneReturn) continue
    lines += 1
    if (lines >= mailLimits.lines) return at + 1
  }
  return raw.length
}

function endOfAllowedParts(raw: Uint8Array): number {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1')
  const seen = new Map<string, number>()
  let lines = 0
  for (const match of text.matchAll(/(?<=^|[\r\n])--[^\r\n]{1,200}/g)) {
    const times = (seen.get(match[0]) ?? 0) + 1
    seen.set(match[0], times)
    lines += 1
    if (times > mailLimits.sameBoundary || lines > mailLimits.boundaries) return match.index
  }
  return raw.length
}
