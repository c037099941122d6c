import { type Day, dayIn, plusDays } from './days.ts'
import type { Found } from './numbers.ts'
import { one, type Span, type Toward } from './reckon-days.ts'
import { RELATIVE, WAYS } from './ways-to-say-days.ts'
import { withDigits } from './with-digits.ts'

/** The days that were meant, both included; one day has both the same. */
export interface FoundDays extends Found {
  readonly from: Day
  readonly to: Day
}

export interface DateOptions {
  readonly now: Date
  /** Time zone of whoever speaks: `Europe/Moscow`. */
  readonly zone: string
  readonly toward: Toward
}

/**
 * The days that a text names, in the order of the text, relative to an instant in a time zone: «завтра», «в прошлую пятницу», «с 3 по 7 мая», «3 числа»,
 * «пятого мая», «за последние 3 дня», «в прошлом месяце», "yesterday", "last Monday", "May 3". Impossible days («31 июня») are not found.
 */
export function findDates(text: string, options: DateOptions): FoundDays[] {
  const today = dayIn(options.zone, options.now)
  const { plain, placeOf } = withDigits(text.toLowerCase().replace(/ё/g, 'е'))
  const found: FoundDays[] = []
  const add = (at: number, length: number, days: Span | undefined) => {
    if (days === undefined) return
    const [start, end] = [placeOf(at), placeOf(at + length)]
    if (found.some((other) => other.start < end && start < other.end)) return
    found.push({ from: days[0], to: days[1], start, end })
  }
  for (const [pattern, make] of WAYS)
    for (const match of plain.matchAll(pattern))
      add(match.index, match[0].length, make(match, today, options.toward))
  for (const [pattern, days] of RELATIVE)
    for (const match of plain.matchAll(pattern)) add(match.index, match[0].length, one(plusDays(today, days)))
  return found.sort((a, b) => a.start - b.start)
}
