import sanitizeHtml from 'sanitize-html'
import { shallowHtml } from './shallow-html.ts'

const blocks = [
  'p',
  'div',
  'tr',
  'table',
  'ul',
  'ol',
  'pre',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'article',
  'section',
]
const silent = [
  'head',
  'title',
  'style',
  'script',
  'noscript',
  'template',
  'textarea',
  'option',
  'svg',
  'math',
  'object',
]
/** A block's edge is a line end unless one stands there already (a private character: mails that bring their own lose it). */
const edge = '\uE000'
/** Quotes within quotes that get a mark of their own. */
const quotesMarked = 10
const spaced = ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']

/**
 * A mail's HTML as plain text for reading, search and quote folding: blocks become lines, list items «- », quotes «> », a link with
 * another text its address in brackets. The size of the input bounds the output.
 */
export function htmlToText(html: string): string {
  return tidyLines(textOfPlainTags(plainTags(html)))
}

/** Well-formed HTML of a handful of bare tags: what a browser-grade parser leaves after everything else is gone. */
function plainTags(html: string): string {
  return sanitizeHtml(shallowHtml(html), {
    allowedTags: [...blocks, 'br', 'hr', 'li', 'td', 'th', 'blockquote', 'a'],
    allowedAttributes: { a: ['href'] },
    nonTextTags: silent,
  })
}

function textOfPlainTags(html: string): string {
  const quoted: string[][] = [[]]
  const links: { href: string; from: number }[] = []
  let depth = 0
  const out = () => quoted.at(-1) ?? []
  for (const [token, closing, tag, attributes] of html.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>|[^<]+/g)) {
    if (tag === undefined) out().push(decodeEntities(token).replace(/\s+/g, ' '))
    else if (tag === 'blockquote') depth = crossQuote(quoted, depth, closing === '/')
    else if (tag === 'a' && !closing) links.push({ href: hrefOf(attributes ?? ''), from: out().length })
    else if (tag === 'a') out().push(addressOfLink(links.pop(), out()))
    else out().push(breakFor(tag, closing === '/'))
  }
  while (quoted.length > 1) leaveQuote(quoted)
  return out().join('')
}

/** Follows the quotes in and out; only the outer ones open a list of their own. Gives the new depth. */
function crossQuote(quoted: string[][], depth: number, isClosing: boolean): number {
  if (!isClosing && depth < quotesMarked) quoted.push([])
  if (isClosing && depth <= quotesMarked) leaveQuote(quoted)
  return isClosing ? Math.max(0, depth - 1) : depth + 1
}

function leaveQuote(quoted: string[][]): void {
  if (quoted.length < 2) return
  const inner = tidyLines((quoted.pop() ?? []).join(''))
  quoted.at(-1)?.push('\n', inner.replace(/^(?=>)/gm, '>').replace(/^(?!>)/gm, '> '), '\n')
}

function breakFor(tag: string, isClosing: boolean): string {
  if (tag === 'br') return '\n'
  if (tag === 'hr') return '\n----------\n'
  if (tag === 'li') return isClosing ? '' : '\n- '
  if (tag === 'td' || tag === 'th') return isClosing ? ' ' : ''
  if (isClosing && spaced.includes(tag)) return '\n\n'
  return edge
}

function hrefOf(attributes: string): string {
  return decodeEntities(/href="([^"]*)"/.exec(attributes)?.[1] ?? '')
}

function addressOfLink(link: { href: string; from: number } | undefined, out: string[]): string {
  if (!link || !/^https?:/i.test(link.href)) return ''
  const text = out.slice(link.from).join('').trim()
  return text === '' || link.href.includes(text) ? '' : ` (${link.href})`
}

function tidyLines(text: string): string {
  return text
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(/ ?\uE000[\uE000 ]*/g, edge)
    .replace(/\uE000*\n\uE000*/g, '\n')
    .replaceAll(edge, '\n')
    .replace(/ $/gm, '')
    .replace(/^ /gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** The four that the sanitiser writes; all others it has already decoded. */
function decodeEntities(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
