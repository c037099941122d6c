export interface TextPart {
  /** Where in the text it begins. */
  readonly at: number
  readonly text: string
  /** Set when the part is an address that may be opened. */
  readonly href?: string
}

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"«»“”]+/gi
const TRAILING = /[.,:;!?)\]}'…»”]+$/

/** A bracket that the address itself opened belongs to it (Wikipedia's addresses). */
const trim = (address: string): string => {
  const cut = address.replace(TRAILING, '')
  return cut.includes('(') && !cut.includes(')') && address.startsWith(`${cut})`) ? `${cut})` : cut
}

const hrefOf = (address: string): string | undefined => {
  try {
    return new URL(/^www\./i.test(address) ? `https://${address}` : address).href
  } catch {
    return undefined
  }
}

/**
 * Splits a message into plain text and web addresses. The parts joined are the text again; only http and https are
 * ever made clickable.
 */
export const splitLinks = (text: string): TextPart[] => {
  const parts: TextPart[] = []
  let end = 0
  for (const match of text.matchAll(ADDRESS)) {
    const address = trim(match[0])
    const href = hrefOf(address)
    if (!href) continue
    if (match.index > end) parts.push({ at: end, text: text.slice(end, match.index) })
    parts.push({ at: match.index, text: address, href })
    end = match.index + address.length
  }
  if (end < text.length || parts.length === 0) parts.push({ at: end, text: text.slice(end) })
  return parts
}
