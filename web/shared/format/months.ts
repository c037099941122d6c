import type { Locale } from '../../../contracts/primitives.ts'

/** The month that it is here and now: 2026-11. */
export function thisMonth(now = new Date()): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}`
}

/** So many months later. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return thisMonth(new Date(year, number - 1 + by, 1))
}

/** As people say it: ноябрь 2026. */
export function monthName(month: string, locale: Locale): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const tag = locale === 'ru' ? 'ru-RU' : 'en-GB'
  const name = new Date(year, number - 1, 1).toLocaleDateString(tag, { month: 'long', year: 'numeric' })
  return name.replace(/\s*г\.$/, '')
}

/** Days of a month. */
export function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(year, number, 0).getDate()
}
