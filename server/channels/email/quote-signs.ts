/**
 * How mail programs announce the mail that is answered. Russian and English in full, the commonest lines of other languages.
 * All tests take lines without their marks of direction (U+200E and the like, which Windows Mail strews over dates).
 */

const mailbox = /[<[(]\s*(?:mailto:\s*)?[^<>[\]()\s]+@[^<>[\]()\s]+/
const clock = /\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b/
const verbs =
  /(?:wrote|writes|пишете?|(?:на)?писал\(?а?\)?|schrieb|a écrit|escribió|ha scritto|írta|skrev|schreef|napisał\(?a?\)?)\s*:$/iu
const dated =
  /^(?:On|Le|Am|El|Il|Op|Den|W dniu)\s.*\d|^\p{L}{2,12}\.?,?\s+\d{1,2}[\s.]|^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|^\d{1,2}\s\p{L}{3,10}\.?\s\d{4}|^\d{1,2}:\d{2}/iu
const longest = 400

/** «22.11.2026, …», «ср, 30 апр. …», «On Nov 21, …»: how an introduction begins in the languages that put the date first. */
export function startsWithDate(line: string): boolean {
  return dated.test(line.trim())
}

/**
 * «22.11.2026, 10:00, Иван <ivan@example.com> пишет:» — a date with an address, or a date with a verb of writing, and a colon at the end.
 * `text` is one line or up to four lines joined by a space (Gmail and Apple Mail wrap).
 */
export function isQuoteIntro(text: string): boolean {
  const line = text.trim()
  if (line.length > longest || !line.endsWith(':')) return false
  return (mailbox.test(line) && clock.test(line)) || (verbs.test(line) && dated.test(line))
}

/** «… keltezéssel, "Gyõrvári Eszter" írta:» — any language's dated line with a colon counts when a marked quote follows it. */
export function isIntroOfMarkedQuote(text: string): boolean {
  const line = text.trim()
  return (
    line.length <= longest && line.endsWith(':') && (clock.test(line) || dated.test(line) || verbs.test(line))
  )
}

/** «---- On Wed, 24 Feb 2021 14:02:50 +0530 john@gmail.com wrote ----» (Zoho). */
const zoho = /^-{2,}\s*On\s.*\d.*wrote\s*-{2,}$/i
const announced =
  /^\s*[-_=*]{2,}\s*(?:(?:original|forwarded|reply|begin forwarded) message|original appointment|(?:исходное|пересылаемое|пересланное|пересылаемое|перенаправленное|первоначальное) (?:сообщение|письмо)|конец пересылаемого сообщения|ursprüngliche nachricht|oprindelig besked|message d'origine|mensaje original|messaggio originale)\s*[-_=*]{0,}:?\s*$/iu

/** «-----Исходное сообщение-----», «---------- Forwarded message ---------». */
export function isSeparator(line: string): boolean {
  return zoho.test(line.trim()) || announced.test(line)
}

/** A bare line of dashes or underscores, as Outlook puts above the head of the quoted mail. */
export function isRule(line: string): boolean {
  return /^\s*[-_=—*]{5,}\s*$/.test(line)
}

const labels = {
  from: /^(?:from|от|от кого|отправитель|de|von|van|da|fra|från)$/iu,
  to: /^(?:to|кому|получатель|à|a|an|aan|til|till|para)$/iu,
  sent: /^(?:sent|date|отправлено|дата|дата отправки|envoyé(?: le)?|gesendet|verzonden|inviato|datum|dato|enviado|fecha)$/iu,
  subject: /^(?:subject|тема|objet|betreff|onderwerp|oggetto|emne|ämne|asunto)$/iu,
  copy: /^(?:cc|копия|bcc|скрытая копия|reply-to|importance|важность)$/iu,
} as const

type Label = keyof typeof labels

/** Which head line of a quoted mail this is («**От:** …», «From: …»), or null. */
export function headLabel(line: string): Label | null {
  const name = /^\s*\*{0,2}([\p{L}-]+(?: [\p{L}]+)?)\s?:\*{0,2}(?:\s|$|[^/\s])/u.exec(line)?.[1]
  if (name === undefined) return null
  return labelNames.find((label) => labels[label].test(name)) ?? null
}

const labelNames = ['from', 'to', 'sent', 'subject', 'copy'] as const satisfies readonly Label[]
