import {
  headLabel,
  isIntroOfMarkedQuote,
  isQuoteIntro,
  isRule,
  isSeparator,
  startsWithDate,
} from './quote-signs.ts'
import { isClosing, isDashedName, isDeviceLine, isSignatureLine } from './signature-signs.ts'

/** A stretch of a mail's text. The parts of a mail, joined by a line end, are the text again: nothing is ever lost. */
export type MailPart = { readonly kind: 'reply' | 'signature' | 'quoted'; readonly text: string }

/** The writer's own words, and what stands folded below them in its order. */
export type FoldedMail = { readonly reply: string; readonly parts: readonly MailPart[] }

/** Introductions wrap over at most this many lines. */
const introLines = 4
const signatureLines = 12
const closingLines = 6
const rulesAbove = 8
/** Stretches of signature and quote below a reply: more is not a letter. */
const stretchesMax = 8

/**
 * Separates what a person wrote from the quoted mail and the signature below it. Only what stands at the end is folded: an answer
 * below or between quoted lines stays whole together with them. A mail that would be left empty is not folded.
 */
export function foldQuotes(text: string): FoldedMail {
  const lines = text.split(/\r\n|[\r\n]/)
  const plain = lines.map((line) => line.replace(/[\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, ''))
  const cuts = foldedStretches(plain)
  const end = cuts[0]?.from ?? lines.length
  const reply = lines.slice(0, end).join('\n').trim()
  if (reply === '') return { reply: text.trim(), parts: [{ kind: 'reply', text: lines.join('\n') }] }
  const stretches: Stretch[] = [{ kind: 'reply', from: 0, to: end }, ...cuts]
  return {
    reply,
    parts: stretches.map(({ kind, from, to }) => ({ kind, text: lines.slice(from, to).join('\n') })),
  }
}

type Stretch = { readonly kind: MailPart['kind']; readonly from: number; readonly to: number }

/** What is folded, in order, up to the end of the text. */
function foldedStretches(lines: readonly string[]): Stretch[] {
  const hard = startOfUnmarkedQuote(lines)
  const stretches: Stretch[] = hard < lines.length ? [{ kind: 'quoted', from: hard, to: lines.length }] : []
  let end = hard
  while (stretches.length < stretchesMax) {
    const signature = startOfSignature(lines, end)
    const kind = signature < end ? 'signature' : 'quoted'
    const from = signature < end ? signature : startOfMarkedQuote(lines, end)
    if (from === end) return stretches
    stretches.unshift({ kind, from, to: end })
    end = from
  }
  return stretches
}

/** The first line after which, by the marks of mail programs, everything is the old mail; the number of lines when none is. */
function startOfUnmarkedQuote(lines: readonly string[]): number {
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (isBlank(line) || isMarked(line)) continue
    if (isSeparator(line) || isHeadOfMail(lines, at)) return withRulesAbove(lines, at)
    const after = endOfIntro(lines, at)
    if (after > at && !isMarked(lines[nextWritten(lines, after)] ?? '')) return withRulesAbove(lines, at)
    if (isLoneDeviceLine(lines, at)) return at + 1
  }
  return lines.length
}

const headParts = ['from', 'to', 'sent', 'subject'] as const

/** Three different head lines close together, of which one says from whom or to whom. */
function isHeadOfMail(lines: readonly string[], at: number): boolean {
  const first = headLabel(lines[at] ?? '')
  if (first === null || first === 'copy') return false
  const labels = new Set(lines.slice(at, at + 8).map(headLabel))
  const count = headParts.filter((label) => labels.has(label)).length
  return count >= 3 && labels.has('from')
}

/** The line after an introduction that starts at `at`, or `at` when none does. Only its first line begins with a date. */
function endOfIntro(lines: readonly string[], at: number): number {
  const first = lines[at] ?? ''
  if (isQuoteIntro(first)) return at + 1
  if (!startsWithDate(first)) return at
  let joined = first
  for (let next = at + 1; next < at + introLines; next += 1) {
    const line = lines[next] ?? ''
    if (isBlank(line) || startsWithDate(line)) return at
    joined = `${joined} ${line}`
    if (isQuoteIntro(joined)) return next + 1
  }
  return at
}

/** A program's «Sent from …» between blank lines with more text below: phones put the old mail there without a word. */
function isLoneDeviceLine(lines: readonly string[], at: number): boolean {
  const isAlone = at > 0 && isBlank(lines[at - 1] ?? '') && isBlank(lines[at + 1] ?? '')
  return isAlone && isDeviceLine(lines[at] ?? '') && nextWritten(lines, at + 1) < lines.length
}

function startOfMarkedQuote(lines: readonly string[], end: number): number {
  let from = end
  for (let at = lastWritten(lines, end); at >= 0; at = lastWritten(lines, at)) {
    const line = lines[at] ?? ''
    if (!isMarked(line) && !(from < end && isWrappedQuote(lines[at - 1] ?? '', line))) break
    from = at
  }
  return from === end ? end : withIntroAbove(lines, from)
}

/** The tail of a long quoted line that a program wrapped and forgot to mark; an answer to a question is not one. */
function isWrappedQuote(above: string, line: string): boolean {
  return isMarked(above) && above.length >= 60 && !/[?:]\s*$/.test(above) && /^\p{Ll}/u.test(line)
}

/** Takes in the introduction that ends right above the quote: up to its dated line, else the shortest that reads as one. */
function withIntroAbove(lines: readonly string[], from: number): number {
  // A long address wraps so that the introduction's last line is «>:».
  const end = /^>\s*:\s*$/.test(lines[from] ?? '') ? from + 1 : from
  const last = lastWritten(lines, end)
  let shortest = from
  for (let at = last; at >= 0 && at > last - introLines; at -= 1) {
    const joined = lines.slice(at, end)
    if (isBlank(lines[at] ?? '')) break
    if (!isIntro(joined.join(' '))) continue
    if (startsWithDate(lines[at] ?? '')) return withRulesAbove(lines, at)
    if (shortest === from) shortest = at
  }
  return withRulesAbove(lines, shortest)
}

function isIntro(text: string): boolean {
  return isQuoteIntro(text) || isIntroOfMarkedQuote(text)
}

/** The rule, the separator and the head lines («Кому: …», «Тема: …») that stand right above a quote belong to it. */
function withRulesAbove(lines: readonly string[], at: number): number {
  let from = at
  let heads = 0
  for (
    let above = lastWritten(lines, at);
    above >= 0 && at - above <= rulesAbove;
    above = lastWritten(lines, above)
  ) {
    const line = lines[above] ?? ''
    const isHead = headLabel(line) !== null
    if (!isHead && !isRule(line) && !isSeparator(line)) break
    heads += isHead ? 1 : 0
    // One lone «Тема: …» may be the writer's own.
    if (heads !== 1) from = above
  }
  return from
}

function startOfSignature(lines: readonly string[], end: number): number {
  const last = lastWritten(lines, end)
  if (last < 0) return end
  if (isDeviceLine(lines[last] ?? '')) return isSignatureLine(lines[last - 1] ?? '') ? last - 1 : last
  if (isDashedName(lines[last] ?? '') && isBlank(lines[last - 1] ?? '')) return last
  return startOfSignatureBlock(lines, last) ?? end
}

/** Looks upwards from the last written line for the line that opens a signature; quoted lines end the search. */
function startOfSignatureBlock(lines: readonly string[], last: number): number | null {
  let written = 0
  let found: number | null = null
  for (let at = last; at >= 0 && !isMarked(lines[at] ?? ''); at -= 1) {
    const line = lines[at] ?? ''
    if (isBlank(line)) continue
    if (line === '-- ') return at
    if (isSignatureLine(line) && written <= signatureLines && written > 0) found = at
    if (isClosing(line) && written <= closingLines) found = at
    written += 1
    if (written > signatureLines) break
  }
  return found
}

function isBlank(line: string): boolean {
  return line.trim() === ''
}

function isMarked(line: string): boolean {
  return /^\s{0,2}>/.test(line)
}

/** The last line before `end` that is not blank, -1 when there is none. */
function lastWritten(lines: readonly string[], end: number): number {
  let at = end - 1
  while (at >= 0 && isBlank(lines[at] ?? '')) at -= 1
  return at
}

function nextWritten(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && isBlank(lines[at] ?? '')) at += 1
  return at
}
