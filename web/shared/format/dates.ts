import type { Locale } from '../../../contracts/primitives.ts'

const NBSP = '\u00a0'
const DAY_MS = 86_400_000

const WORDS = {
  ru: { today: 'сегодня', yesterday: 'вчера', at: `в${NBSP}`, tag: 'ru-RU' },
  en: { today: 'today', yesterday: 'yesterday', at: `at${NBSP}`, tag: 'en-GB' },
} as const

const SINCE = {
  ru: { since: `с${NBSP}`, today: `с${NBSP}сегодняшнего дня`, yesterday: `со${NBSP}вчерашнего дня` },
  en: { since: `since${NBSP}`, today: `since${NBSP}today`, yesterday: `since${NBSP}yesterday` },
} as const

const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
const daysBetween = (earlier: Date, later: Date) => Math.round((midnight(later) - midnight(earlier)) / DAY_MS)

/** The clock: 14:05. */
export function formatTime(instant: string | number, locale: Locale): string {
  return new Date(instant).toLocaleTimeString(WORDS[locale].tag, { hour: '2-digit', minute: '2-digit' })
}

/** The day as people say it: сегодня, вчера, 12 ноября, 12 ноября 2025. */
export function formatDay(instant: string | number, locale: Locale, now: number = Date.now()): string {
  const [date, today] = [new Date(instant), new Date(now)]
  const ago = daysBetween(date, today)
  if (ago === 0) return WORDS[locale].today
  if (ago === 1) return WORDS[locale].yesterday
  const year = date.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' as const }
  const text = date.toLocaleDateString(WORDS[locale].tag, { day: 'numeric', month: 'long', ...year })
  return text.replace(/\s*г\.$/, '').replace(/\s/g, NBSP)
}

/** Since which day: «с 12 ноября», «со вчерашнего дня». */
export function formatSince(instant: string | number, locale: Locale, now: number = Date.now()): string {
  const words = SINCE[locale]
  const ago = daysBetween(new Date(instant), new Date(now))
  if (ago === 0) return words.today
  return ago === 1 ? words.yesterday : words.since + formatDay(instant, locale, now)
}

/** Day and clock: «сегодня в 14:05». */
export function formatMoment(instant: string | number, locale: Locale, now: number = Date.now()): string {
  return `${formatDay(instant, locale, now)} ${WORDS[locale].at}${formatTime(instant, locale)}`
}

/** As short as a column allows: the clock today, else the day. */
export function formatShort(instant: string | number, locale: Locale, now: number = Date.now()): string {
  const date = new Date(instant)
  const ago = daysBetween(date, new Date(now))
  if (ago === 0) return formatTime(instant, locale)
  if (ago === 1) return WORDS[locale].yesterday
  return date
    .toLocaleDateString(WORDS[locale].tag, { day: 'numeric', month: 'short' })
    .replace('.', '')
    .replace(/\s/g, NBSP)
}
