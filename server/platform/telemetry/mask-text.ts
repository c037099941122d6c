// Identifiers are matched first, so that their digits are not taken for a number.
const PARTS = new RegExp(
  [
    '(?<uuid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})',
    '(?<instant>\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)',
    '(?<address>[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)+)',
    // A bot's token (Telegram), a bearer's, and what stands in a query under a telling name.
    '(?<secret>\\d{6,}:[\\w-]{30,}|\\bbearer\\s+\\S+|\\b(?:token|secret|key|code|password|signature|sign)=[^&\\s"]+)',
    // Ten digits or more with what people put between them: phone numbers, cards, documents.
    '(?<number>\\+?\\d(?:[ ().\\u00a0-]{0,2}\\d){9,})',
  ].join('|'),
  'giu',
)

/** The text with phone numbers, cards, mail addresses and tokens masked; identifiers and times stay. */
export function maskText(text: string): string {
  return text.replace(PARTS, (whole, ...rest) => {
    const groups: Record<string, string | undefined> = rest.at(-1)
    if (groups.uuid !== undefined || groups.instant !== undefined) return whole
    return groups.address !== undefined ? '[address]' : groups.secret !== undefined ? '[secret]' : '[number]'
  })
}
