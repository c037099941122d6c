import type { Locale } from '../../../contracts/primitives.ts'

const A = 65
const LETTERS = Array.from({ length: 26 }, (_, index) => String.fromCharCode(A + index))
/** Names that CLDR keeps beside ISO 3166-1: unions, made up regions, parts of other countries. */
const NOT_ISO = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'])

const namesIn = new Map<Locale, Intl.DisplayNames>()

function names(locale: Locale): Intl.DisplayNames {
  const known = namesIn.get(locale) ?? new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' })
  namesIn.set(locale, known)
  return known
}

/** A country by its ISO 3166-1 code, in the reader's language; a code that nobody knows stays as it is. */
export const countryName = (code: string, locale: Locale): string =>
  (/^[A-Z]{2}$/.test(code) ? names(locale).of(code) : undefined) ?? code

/** Every country that the browser has a name for, by name. Codes of countries that are no more are left out. */
export const countries = (locale: Locale): { readonly value: string; readonly label: string }[] =>
  LETTERS.flatMap((first) => LETTERS.map((second) => first + second))
    .filter((code) => !NOT_ISO.has(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
    .flatMap((value) => {
      const label = names(locale).of(value)
      return label === undefined ? [] : [{ value, label }]
    })
    .toSorted((a, b) => a.label.localeCompare(b.label, locale))
