/**
 * The small language in which help articles are written: a safe part of Markdown. The server stores it as it was typed and takes plain
 * words from it for search; every app draws the blocks by its own means. Nothing in it is ever HTML: a tag is a text like any other.
 *
 * `## heading`, `### smaller`, `- item`, `1. item`, `**bold**`, `` `code` ``, a fence of three backticks, `[words](address)`. A blank line ends a block.
 * An address is https, http, tel, mailto or `article:key`; any other makes no link. A backslash before a sign takes its meaning away.
 */

/** A piece of a line. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly text: string }
  | { readonly kind: 'article'; readonly key: string; readonly text: string }

/** A piece of an article, from top to bottom. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | {
      readonly kind: 'list'
      readonly ordered: boolean
      readonly start: number
      readonly items: readonly (readonly Inline[])[]
    }
  | { readonly kind: 'code'; readonly text: string }

const HEADING = /^(#{1,3})\s+(.+?)\s*#*$/
const ITEM = /^ {0,3}(?:[-*•]|(\d{1,2})[.)])\s+(.*)$/
const CONTINUED = /^\s{2,}\S/
const FENCE = /^\s{0,3}```/

/** Reads an article. Every text can be read; what means nothing stays as it is written. Takes time in proportion to the text. */
export function readMarkup(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line.trim() === '') at++
    else {
      const [block, next] =
        readFence(lines, at) ?? readHeading(line, at) ?? readList(lines, at) ?? readParagraph(lines, at)
      blocks.push(block)
      at = next
    }
  }
  return blocks
}

type Read = readonly [block: Block, next: number]

function readFence(lines: readonly string[], at: number): Read | undefined {
  if (!FENCE.test(lines[at] ?? '')) return undefined
  let end = at + 1
  while (end < lines.length && !FENCE.test(lines[end] ?? '')) end++
  return [{ kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1]
}

function readHeading(line: string, at: number): Read | undefined {
  const [, signs, words] = HEADING.exec(line) ?? []
  if (signs === undefined || words === undefined) return undefined
  // The title of the article is the first level; what stands below is second or third.
  return [{ kind: 'heading', level: signs.length === 3 ? 3 : 2, content: readInline(words) }, at + 1]
}

function readList(lines: readonly string[], from: number): Read | undefined {
  const first = ITEM.exec(lines[from] ?? '')
  if (!first) return undefined
  const ordered = first[1] !== undefined
  const items: string[] = []
  let at = from
  for (; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const item = ITEM.exec(line)
    if (item && (item[1] !== undefined) === ordered) items.push(item[2] ?? '')
    else if (!item && CONTINUED.test(line)) items.push(`${items.pop() ?? ''} ${line.trim()}`)
    else if (line.trim() !== '' || !goesOn(lines[at + 1], ordered)) break
  }
  const start = Number(first[1] ?? 1)
  return [{ kind: 'list', ordered, start, items: items.map((item) => readInline(item)) }, at]
}

/** A blank line between two items of a list does not end it. */
function goesOn(line: string | undefined, ordered: boolean): boolean {
  const item = ITEM.exec(line ?? '')
  return item !== null && (item[1] !== undefined) === ordered
}

function readParagraph(lines: readonly string[], from: number): Read {
  let at = from + 1
  while (at < lines.length && !beginsAnother(lines[at] ?? '')) at++
  const words = lines.slice(from, at).map((line) => line.trim())
  return [{ kind: 'paragraph', content: readInline(words.join(' ')) }, at]
}

const beginsAnother = (line: string) =>
  line.trim() === '' || HEADING.test(line) || ITEM.test(line) || FENCE.test(line)

// The lengths are bounded so that a text of nothing but opening signs is not looked through again for each of them.
const SIGN = new RegExp(
  [
    String.raw`\\([\\\x60*[\]()#._-])`,
    String.raw`\x60([^\x60\n]{1,400})\x60`,
    String.raw`\*\*(?=\S)([^\n]{0,600}?\S)\*\*`,
    String.raw`\[([^\][\n]{1,300})\]\(([^()\s]{1,1000}(?:\([^()\s]{0,200}\))?)\)`,
  ].join('|'),
  'g',
)

function readInline(source: string, nested = false): Inline[] {
  const pieces: Inline[] = []
  let plain = ''
  let end = 0
  const settle = () => {
    if (plain !== '') pieces.push({ kind: 'text', text: plain })
    plain = ''
  }
  for (const match of source.matchAll(SIGN)) {
    const piece = pieceOf(match, nested)
    plain += source.slice(end, match.index)
    end = match.index + match[0].length
    if (typeof piece === 'string') plain += piece
    else {
      settle()
      pieces.push(piece)
    }
  }
  plain += source.slice(end)
  settle()
  return pieces
}

function pieceOf(
  [whole, escaped, code, strong, label, address]: RegExpMatchArray,
  nested: boolean,
): Inline | string {
  if (escaped !== undefined) return escaped
  if (code !== undefined) return { kind: 'code', text: code }
  if (strong !== undefined) return nested ? whole : { kind: 'strong', children: readInline(strong, true) }
  if (label === undefined || address === undefined) return whole
  const text = plainOfInline(readInline(label, true))
  return linkTo(address, text) ?? text
}

const ARTICLE = /^article:([a-z0-9][a-z0-9-]{1,59})$/
const SCHEMES = new Set(['https:', 'http:', 'tel:', 'mailto:'])

/** What may be followed; undefined for an address that makes no link. */
function linkTo(address: string, text: string): Inline | undefined {
  const key = ARTICLE.exec(address)?.[1]
  if (key !== undefined) return { kind: 'article', key, text }
  // The parsed address is what is followed: a browser ignores signs in a scheme that a comparison of texts would not.
  if (!URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return SCHEMES.has(protocol) ? { kind: 'link', href, text } : undefined
}

/** How a link is said where nothing can be followed. */
type SayLink = (link: Extract<Inline, { kind: 'link' | 'article' }>) => string

function plainOfInline(content: readonly Inline[], say: SayLink = ({ text }) => text): string {
  return content
    .map((piece) => {
      if (piece.kind === 'strong') return plainOfInline(piece.children, say)
      return piece.kind === 'text' || piece.kind === 'code' ? piece.text : say(piece)
    })
    .join('')
}

/**
 * The words without the signs, a line for each heading, paragraph and item: for search, for a messenger.
 * @param say how a link is said; default: by its words
 */
export function plainOfMarkup(blocks: readonly Block[], say?: SayLink): string {
  return blocks
    .map((block) => {
      if (block.kind === 'code') return block.text
      if (block.kind !== 'list') return plainOfInline(block.content, say)
      return block.items
        .map(
          (item, index) => `${block.ordered ? `${block.start + index}.` : '•'} ${plainOfInline(item, say)}`,
        )
        .join('\n')
    })
    .join('\n')
}

/** Addresses that make no link, as they are written: the author is told before anybody reads it. */
export function brokenLinksOf(source: string): string[] {
  const withoutCode = source.replace(/```[\s\S]*?```|`[^`\n]{1,400}`/g, '')
  const links = withoutCode.matchAll(/\[[^\][\n]{1,300}\]\(([^)\n]{0,1000})\)/g)
  return [...links].map(([, address = '']) => address).filter((address) => linkTo(address, '') === undefined)
}
