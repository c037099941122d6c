import { isOneSlip } from '../language/slips.ts'

/** A piece of text between two places in it, for slots that say where they stood. */
export interface Found {
  readonly start: number
  readonly end: number
}
export interface FoundNumber extends Found {
  readonly value: number
}

const list = (from: number, step: number, words: string): (readonly [string, number])[] =>
  words
    .split('\n')
    .flatMap((row) => row.trim().split(' / '))
    .flatMap((forms, at) => forms.split(' ').map((form) => [form, from + at * step] as const))

/** Cardinals in the forms that people say and write; ё as е. */
const CARDINALS = new Map<string, number>([
  ...list(
    0,
    1,
    `ноль нуль ноля нуля zero / один одна одно одного одну одной одному one / два две двух двум двумя two / три трех трем тремя three
     / четыре четырех четырем four / пять пяти пятью five / шесть шести шестью six / семь семи семью seven / восемь восьми восемью eight
     / девять девяти девятью nine / десять десяти десятью ten / одиннадцать одинадцать одиннадцати eleven / двенадцать двенадцати twelve
     / тринадцать тринадцати thirteen / четырнадцать четырнадцати fourteen / пятнадцать пятнадцати пятнадцатью fifteen
     / шестнадцать шестнадцати sixteen / семнадцать семнадцати seventeen / восемнадцать восемнадцати eighteen
     / девятнадцать девятнадцати nineteen`.replace(/\n\s*\//g, ' /'),
  ),
  ...list(
    20,
    10,
    `двадцать двадцати twenty / тридцать тридцати thirty / сорок сорока forty / пятьдесят пятьдесять пятидесяти fifty
     / шестьдесят шестидесяти sixty / семьдесят семидесяти seventy / восемьдесят восьмидесяти eighty / девяносто девяноста ninety`.replace(
      /\n\s*\//g,
      ' /',
    ),
  ),
  ...list(
    100,
    100,
    `сто ста / двести двухсот двумстам / триста трехсот тремстам / четыреста четырехсот / пятьсот пятисот пицот пятсот
     / шестьсот шестисот шессот / семьсот семисот / восемьсот восьмисот / девятьсот девятисот`.replace(
      /\n\s*\//g,
      ' /',
    ),
  ),
])
const SCALES = new Map<string, number>([
  ...[
    'тысяча',
    'тысячи',
    'тысяч',
    'тысячу',
    'тысячей',
    'тыс',
    'тыща',
    'тыщи',
    'тыщ',
    'тыщу',
    'косарь',
    'косаря',
    'косарей',
    'штука',
    'штуки',
    'штуку',
    'thousand',
    'к',
    'k',
    'grand',
  ].map((word) => [word, 1000] as const),
  ...['миллион', 'миллиона', 'миллионов', 'млн', 'million'].map((word) => [word, 1_000_000] as const),
])
const HALVES = new Map<string, number>([
  ['полтора', 1.5],
  ['полторы', 1.5],
  ['полутора', 1.5],
  ['пол', 0.5],
  ['полчаса', 0.5],
  ['half', 0.5],
])

interface Token extends Found {
  readonly text: string
}

/** Words and digit runs of a text, lower case, ё as е; digits grouped by spaces («1 500», «12 000») and a comma or point stay together. */
function tokensOf(text: string): Token[] {
  const pattern =
    /\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,3}(?!\d))?|[\p{L}]+/gu
  return Array.from(text.toLowerCase().replace(/ё/g, 'е').matchAll(pattern), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

const digitsOf = (token: string): number | undefined =>
  /^\d/.test(token) ? Number(token.replace(/\s/g, '').replace(',', '.')) : undefined

/** A cardinal by its word, forgiving one slip in words of six letters or more. */
export function cardinalOf(word: string): number | undefined {
  const exact = CARDINALS.get(word)
  if (exact !== undefined || word.length < 6) return exact
  for (const [known, value] of CARDINALS) if (known.length >= 6 && isOneSlip(word, known)) return value
  return undefined
}

/**
 * The numbers of a text, in words or in digits, with where they stand: «пятьсот», «1 500», «1,5 тысячи», «две тысячи триста», «полторы тысячи»,
 * "two hundred". Words that only sound like numbers are not read («один раз» is: it is a number).
 */
export function findNumbers(text: string): FoundNumber[] {
  const tokens = tokensOf(text)
  const found: FoundNumber[] = []
  for (let at = 0; at < tokens.length; ) {
    const read = readNumber(tokens, at)
    if (read === undefined) at++
    else {
      const [first, last] = [tokens[at] as Token, tokens[read.next - 1] as Token]
      found.push({ value: read.value, start: first.start, end: last.end })
      at = read.next
    }
  }
  return found
}

interface ReadNumber {
  readonly value: number
  /** The token after it. */
  readonly next: number
}

/** Reads a number that begins at a token: groups below a thousand, each with its scale. */
function readNumber(tokens: readonly Token[], from: number): ReadNumber | undefined {
  let total = 0
  let at = from
  let lastScale = Number.POSITIVE_INFINITY
  for (;;) {
    const scaled = readScaled(tokens, at, at === from)
    if (scaled === undefined || scaled.scale >= lastScale) break
    total += scaled.value * scaled.scale
    at = scaled.next
    lastScale = scaled.scale
  }
  const last = readGroup(tokens, at)
  if (last !== undefined && (at === from || mayFollow(tokens[at], last.value, lastScale))) {
    total += last.value
    at = last.next
  }
  return at === from ? undefined : { value: total, next: at }
}

/** A group with its scale: «две тысячи»; where a number begins the scale may stand alone, «тысяча», but a bare letter is none. */
function readScaled(
  tokens: readonly Token[],
  at: number,
  isFirst: boolean,
): (ReadNumber & { readonly scale: number }) | undefined {
  const group = readGroup(tokens, at)
  const scaleAt = group?.next ?? at
  const word = tokens[scaleAt]?.text ?? ''
  const scale = SCALES.get(word)
  if (scale === undefined || (group === undefined && !(isFirst && word.length > 2))) return undefined
  return { value: group?.value ?? 1, scale, next: scaleAt + 1 }
}

/** «две тысячи триста» is one number, but digits below a hundred are another: «2 тысячи 15 мая» is no 2015. */
function mayFollow(token: Token | undefined, value: number, lastScale: number): boolean {
  return value < lastScale && !(value < 100 && digitsOf(token?.text ?? '') !== undefined)
}

/** Below a thousand in words, or one run of digits, or a half. */
function readGroup(tokens: readonly Token[], from: number): ReadNumber | undefined {
  const first = tokens[from]?.text ?? ''
  const alone = digitsOf(first) ?? HALVES.get(first)
  return alone === undefined ? readWords(tokens, from) : { value: alone, next: from + 1 }
}

/** Falling parts: «двести сорок пять», "two hundred and five". */
function readWords(tokens: readonly Token[], from: number): ReadNumber | undefined {
  let value = 0
  let below = Number.POSITIVE_INFINITY
  let at = from
  for (; at < tokens.length; at++) {
    const word = tokens[at]?.text ?? ''
    if (at > from && word === 'and' && cardinalOf(tokens[at + 1]?.text ?? '') !== undefined) continue
    if (at > from && word === 'hundred' && value < 10) {
      value *= 100
      below = 100
      continue
    }
    const part = cardinalOf(word)
    if (part === undefined || part >= below || (at > from && part === 0)) break
    value += part
    below = part >= 100 ? 100 : part >= 20 ? 10 : 0
  }
  return at === from ? undefined : { value, next: at }
}

/**
 * Digits as they are dictated, groups said one after another: «восемь девятьсот двенадцать ноль пять сорок» → `8`, `912`, `0`, `5`, `40`.
 * Gives runs of neighbouring groups joined, with where they stand.
 */
export function findDictated(text: string): (Found & { readonly digits: string })[] {
  const tokens = tokensOf(text)
  const runs: { digits: string; start: number; end: number }[] = []
  let run: { digits: string; start: number; end: number } | undefined
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token
    const group = /^\d+$/.test(token.text.replace(/\s/g, ''))
      ? { value: 0, next: at + 1, digits: token.text.replace(/\s/g, '') }
      : readGroup(tokens, at)
    if (group === undefined || !Number.isInteger(group.value)) {
      if (token.text !== 'плюс' && token.text !== 'plus') run = undefined
      at++
      continue
    }
    const digits = 'digits' in group ? String(group.digits) : String(group.value)
    const end = (tokens[group.next - 1] as Token).end
    if (run === undefined) {
      run = { digits, start: token.start, end }
      runs.push(run)
    } else {
      run.digits += digits
      run.end = end
    }
    at = group.next
  }
  return runs
}
