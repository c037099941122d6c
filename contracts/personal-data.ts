/**
 * What a machine can tell to be personal in a text, by its form alone: for channels that may carry nothing personal. The desk says it
 * while somebody writes, the server refuses it.
 *
 * Told: e-mail addresses; phone numbers (not 8 800 and other service numbers of the 80x codes); long numbers as documents, contracts,
 * SIM serials and payment cards have them. Not told: names, addresses, and what somebody says about a person in words.
 */
export type PersonalData = 'email' | 'phone-number' | 'number'

const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5}\.\p{L}{2,}/u

const GAP = String.raw`[\s()–-]{0,3}`
/** Seven or eight before ten digits; ten digits of a mobile number; anything that begins as the world's numbers do. */
const PHONES = [
  String.raw`(?:\+?7|8)${GAP}(?!80\d)\d{3}${GAP}\d{3}${GAP}\d{2}${GAP}\d{2}`,
  String.raw`9\d{2}${GAP}\d{3}${GAP}\d{2}${GAP}\d{2}`,
  String.raw`\+(?!7${GAP}80\d)\d(?:${GAP}\d){8,14}`,
]
const PHONE = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${PHONES.join('|')})(?!\d)`, 'u')

/** Days are no numbers of anybody. */
const DAYS = /(?<!\d)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))(?!\d)/g
/** Digits with a space or a hyphen between some of them. */
const RUNS = /(?<![\p{L}\p{N}])\d+(?:[ \u00a0\u2009\u202f-]\d+)*(?![\p{L}\p{N}])/gu
const NUMBER_DIGITS = 9
const SOCIAL_INSURANCE = /^\d{3}-\d{3}-\d{3}[ -]?\d{2}$/
const AMOUNT = /^\d{1,3}(?:\D\d{3})+$/
const SERVICE_NUMBER = /^[78]\D?80\d(?:\D?\d){7}$/

/** Which kinds of personal data stand in a text; none: an empty list. */
export function personalDataIn(text: string): PersonalData[] {
  const found: PersonalData[] = []
  if (EMAIL.test(text)) found.push('email')
  if (PHONE.test(text)) found.push('phone-number')
  else if ((text.replace(DAYS, ' · ').match(RUNS) ?? []).some(isNumberOfSomebody)) found.push('number')
  return found
}

/** Long, and one number rather than several: prices and hours beside each other have short pieces. */
function isNumberOfSomebody(run: string): boolean {
  if (SOCIAL_INSURANCE.test(run)) return true
  if (AMOUNT.test(run) || SERVICE_NUMBER.test(run)) return false
  return run.replace(/\D/g, '').length >= NUMBER_DIGITS && run.split(/\D/).some((piece) => piece.length >= 4)
}
