import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'

export type Country = CountryCode

/**
 * A number in any spelling as E.164 without +, or undefined for what is no number: «8 (900) 123-45-67» → 79001234567.
 * @param country whose national spelling is tried first
 */
export function normaliseMsisdn(text: string, country: Country): string | undefined {
  if (!/^[+\d\s().–-]+$/u.test(text)) return undefined
  const digits = text.replace(/\D/g, '')
  const number = [text, `+${digits}`]
    .map((spelling) => parsePhoneNumberFromString(spelling, country))
    .find((parsed) => parsed?.isValid())
  return number?.number.slice(1)
}
