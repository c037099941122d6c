import type { InboundEvent, InboundFile, InboundMessage, MessageBody } from '../channel-adapter.ts'

/** Digits with what people and mails put between them; thirteen at least. */
const RUN = /\d(?:(?:[ .\u00a0\u2009\u202f–-]|&nbsp;){0,3}\d){12,}/g
/** What can stand beside a number in a text; beside other signs it is a part of a name or a key. */
const OF_A_NAME = /[0-9A-Za-z_]/
const SHOWN_DIGITS = 4
/** As many tell what a number is. */
const BEGIN_DIGITS = 4

/** Beginnings of payment cards (ISO/IEC 7812 and the schemes' own tables) and the lengths that they have, the likelier first. */
const SCHEMES: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [16, 19, 13]],
  [/^220[0-4]/, [16, 19, 18, 17]],
  [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[68])/, [14]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^(?:6(?:011|4[4-9]|5)|50|5[6-8]|6[0237])/, [16, 19, 18, 17]],
  [/^(?:8600|9860|9112)/, [16]],
]

/** A SIM card's serial (ITU-T E.118) begins with 89 and is as long as a card; people read it to us all day. */
const ICCID = /^89/
const ICCID_LENGTHS = [20, 19, 18]

interface Group {
  readonly from: number
  readonly digits: string
}

/**
 * The text with payment card numbers masked to their last four digits: 13 to 19 digits, right by their check digit, beginning as cards
 * do. Phone numbers, SIM serials and everything else stay. The same string when there are none.
 */
export function maskCards(text: string, sign = '•'): string {
  if (text.length < 13) return text
  const pieces: string[] = []
  let done = 0
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const edges = { after: isPartOfName(text, index - 1), before: isPartOfName(text, index + run.length) }
    for (const [from, to] of cardsIn(run, edges)) {
      pieces.push(text.slice(done, index + from), hide(run.slice(from, to), sign))
      done = index + to
    }
  }
  return done === 0 ? text : pieces.join('') + text.slice(done)
}

const isPartOfName = (text: string, at: number): boolean => OF_A_NAME.test(text.charAt(at))

/** Every digit but the last four becomes one sign, so that lengths and separators stay. */
function hide(card: string, sign: string): string {
  let left = card.replace(/\D/g, '').length - SHOWN_DIGITS
  return card.replace(/\d/g, (digit) => (left-- > 0 ? sign : digit))
}

/** Where cards stand in a run of digit groups: they begin and end with a group, and not in the middle of a name. */
function cardsIn(run: string, edges: { after: boolean; before: boolean }): [number, number][] {
  const groups: Group[] = [...run.matchAll(/\d+/g)].map((group) => ({ from: group.index, digits: group[0] }))
  const found: [number, number][] = []
  for (let first = 0; first < groups.length; first++) {
    const serial = readFrom(groups, first, (begin) => (ICCID.test(begin) ? ICCID_LENGTHS : []))
    const card = serial ?? readFrom(groups, first, lengthsOf, isLuhn)
    const isInName = (first === 0 && edges.after) || (card?.last === groups.length - 1 && edges.before)
    if (serial) first = serial.last
    else if (card && !isInName) {
      found.push([groups[first]?.from ?? 0, card.to])
      first = card.last
    }
  }
  return found
}

interface Read {
  readonly last: number
  /** Place behind the last digit. */
  readonly to: number
}

/** The likeliest number that begins with a group, ends with one, and passes. */
function readFrom(
  groups: readonly Group[],
  first: number,
  lengthsFor: (begin: string) => readonly number[],
  passes: (digits: string) => boolean = () => true,
): Read | undefined {
  let begin = ''
  for (let at = first; begin.length < BEGIN_DIGITS && at < groups.length; at++) begin += groups[at]?.digits
  const lengths = lengthsFor(begin)
  if (lengths.length === 0) return undefined
  const most = Math.max(...lengths)
  const read: (Read & { digits: string })[] = []
  let digits = ''
  for (let last = first; digits.length < most; last++) {
    const group = groups[last]
    if (!group) break
    digits += group.digits
    read.push({ last, digits, to: group.from + group.digits.length })
  }
  for (const length of lengths) {
    const found = read.find((one) => one.digits.length === length)
    if (found && passes(found.digits)) return found
  }
  return undefined
}

/** Which lengths a card that begins so may have; none: no card does. */
function lengthsOf(begin: string): readonly number[] {
  return SCHEMES.find(([begins]) => begins.test(begin))?.[1] ?? []
}

/** The check digit of ISO/IEC 7812-1, Annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place])
    const weighed = place % 2 === 1 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

/**
 * The event as it may be stored: card numbers that the person typed are masked wherever words of theirs stand. The same object when
 * there are none.
 */
export function withoutCards<E extends InboundEvent>(event: E): E
export function withoutCards(event: InboundEvent): InboundEvent {
  if (event.kind === 'edit') {
    const text = event.text === undefined ? undefined : maskCards(event.text)
    return text === undefined || text === event.text ? event : { ...event, text }
  }
  return event.kind === 'message' ? messageWithoutCards(event) : event
}

function messageWithoutCards(event: InboundMessage): InboundMessage {
  const body = bodyWithoutCards(event.body)
  const files = event.files?.map(fileWithoutCards)
  const isSame = body === event.body && (files ?? []).every((file, index) => file === event.files?.[index])
  return isSame ? event : { ...event, body, ...(files && { files }) }
}

function fileWithoutCards(file: InboundFile): InboundFile {
  const name = maskCards(file.name)
  return name === file.name ? file : { ...file, name }
}

function bodyWithoutCards(body: MessageBody): MessageBody {
  const text = maskCards(body.text)
  const mail = body.mail && mailWithoutCards(body.mail, text !== body.text)
  return text === body.text && mail === body.mail ? body : { ...body, text, ...(mail && { mail }) }
}

type MailPart = NonNullable<MessageBody['mail']>

/** Markup may tear a number apart: where the words have a card and the layout shows none, the layout is not kept. */
function mailWithoutCards(mail: MailPart, inText: boolean): MailPart {
  const parts = { subject: mail.subject, quoted: mail.quoted, signature: mail.signature }
  const masked = Object.fromEntries(
    Object.entries(parts).flatMap(([name, words]) => (words === undefined ? [] : [[name, maskCards(words)]])),
  )
  const inWords =
    inText || Object.entries(masked).some(([name, words]) => words !== mail[name as keyof typeof parts])
  const { html, ...rest } = mail
  const layout = html === undefined ? undefined : maskCards(html)
  if (!inWords && layout === html) return mail
  return {
    ...rest,
    ...masked,
    ...(layout !== undefined && !(inWords && layout === html) && { html: layout }),
  }
}

const JSON_STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/g

/**
 * A payload as it may be kept beside what was read out of it. JSON stays readable, since only words change; of other forms a card may
 * lie in the payload under a transfer encoding: `null`, it is not kept.
 * @param hadCards cards were found in what was read out of it
 */
export function payloadWithoutCards(payload: Buffer, hadCards: boolean): Buffer | null {
  const text = payload.toString('latin1')
  if (!hadCards && maskCards(text, '*') === text) return payload
  const masked = payload.toString('utf8').replace(JSON_STRING, maskedToken)
  if (isJson(masked)) return Buffer.from(masked)
  return hadCards ? null : Buffer.from(maskCards(text, '*'), 'latin1')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function maskedToken(token: string): string {
  try {
    const words: unknown = JSON.parse(token)
    if (typeof words !== 'string') return token
    const masked = maskCards(words)
    return masked === words ? token : JSON.stringify(masked)
  } catch {
    return maskCards(token, '*')
  }
}
