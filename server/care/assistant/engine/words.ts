import type { FlowWords } from '../../../../contracts/flows.ts'
import type { Locale } from '../../../../contracts/primitives.ts'

/** A value that a slot or a fact holds: of both languages, money, a day, or plain. */
export type Value =
  | string
  | number
  | boolean
  | FlowWords
  | { readonly kopecks: number }
  | { readonly day: string }
  | { readonly item: string; readonly title: FlowWords }
export type Values = Readonly<Record<string, Value>>

const NAMES = /\{([a-z][a-zA-Z0-9]*)\}/g

/** Names that stand in a text as `{name}`. */
export const namesIn = (text: string): string[] => [...text.matchAll(NAMES)].map(([, name = '']) => name)

/** A text in one language with its names filled in; what is not known says nothing. */
export function fillWords(words: FlowWords, locale: Locale, values: Values): string {
  const text = words[locale]
  if (!text.includes('{')) return text
  return text.replace(NAMES, (_, name: string) => sayValue(values[name], locale))
}

const YES_NO = { ru: { true: 'да', false: 'нет' }, en: { true: 'yes', false: 'no' } } as const

/** A value in words. */
export function sayValue(value: Value | undefined, locale: Locale): string {
  if (value === undefined) return ''
  if (typeof value === 'boolean') return YES_NO[locale][value ? 'true' : 'false']
  if (typeof value === 'string') return MSISDN.test(value) ? sayPhone(value) : value
  if (typeof value !== 'object') return String(value)
  if ('kopecks' in value) return sayMoney(value.kopecks, locale)
  if ('day' in value) return sayDay(value.day, locale)
  return 'title' in value ? value.title[locale] : value[locale]
}

/** A whole Russian number and nothing else: whatever the slot is called. */
const MSISDN = /^79\d{9}$/

/** A Russian number as people read it. */
export function sayPhone(msisdn: string): string {
  const [area, first, second, third] = [
    msisdn.slice(1, 4),
    msisdn.slice(4, 7),
    msisdn.slice(7, 9),
    msisdn.slice(9),
  ]
  return `+7\u00a0${area}\u00a0${first}-${second}-${third}`
}

/** Roubles as people write them: kopecks only where there are any. */
export function sayMoney(kopecks: number, locale: Locale): string {
  const sign = kopecks < 0 ? '−' : ''
  const whole = Math.trunc(Math.abs(kopecks) / 100)
  const rest = Math.abs(kopecks) % 100
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, locale === 'ru' ? '\u00a0' : ',')
  const decimals = rest === 0 ? '' : `${locale === 'ru' ? ',' : '.'}${String(rest).padStart(2, '0')}`
  return locale === 'ru' ? `${sign}${grouped}${decimals}\u00a0₽` : `${sign}₽${grouped}${decimals}`
}

const DAYS = {
  ru: new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }),
} as const

/** A day in words, with its year: it may be a date of birth. */
function sayDay(day: string, locale: Locale): string {
  const said = `${DAYS[locale].format(new Date(`${day}T00:00:00Z`))} ${day.slice(0, 4)}`
  return locale === 'ru' ? `${said} года` : said
}

/** A value as it is compared and ordered: money in kopecks, one of a list by its code; undefined: of no such form. */
export function plain(value: Value | undefined): string | number | boolean | undefined {
  if (value === undefined || typeof value !== 'object') return value
  if ('kopecks' in value) return value.kopecks
  if ('item' in value) return value.item
  return 'day' in value ? value.day : undefined
}
