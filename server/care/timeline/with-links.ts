/** A link behind words, in UTF-16 units of the text. */
export interface TextLink {
  readonly from: number
  readonly length: number
  readonly url: string
}

/** The text with the address of each link after its words: what a link hides is what one has to see, say of a fraud. */
export function withLinks(text: string, links: readonly TextLink[]): string {
  let shown = text
  for (const { from, length, url } of links.toSorted((one, other) => other.from - one.from)) {
    const end = from + length
    if (from < 0 || end > text.length || text.slice(from, end).trim() === url) continue
    shown = `${shown.slice(0, end)} (${url})${shown.slice(end)}`
  }
  return shown
}
