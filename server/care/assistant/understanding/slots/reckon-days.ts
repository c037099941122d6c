import type { Unit } from './day-words.ts'
import { type Day, dayOf, daysBetween, daysIn, plusDays, plusMonths, weekdayOf } from './days.ts'

/** What is asked about: «в пятницу» of charges is the last one, of deliveries the next one. */
export type Toward = 'past' | 'future'

/** The first and the last day. */
export type Span = readonly [Day, Day]

/** One day as a span; undefined stays so. */
export const one = (day: Day | undefined): Span | undefined => (day === undefined ? undefined : [day, day])

/** The year that a day without one is in: the nearest in the direction that is asked about; today counts in both. */
function nearYear(today: Day, month: number, date: number, toward: Toward): Day | undefined {
  const year = Number(today.slice(0, 4))
  const years = toward === 'past' ? [year, year - 1, year - 4] : [year, year + 1, year + 4]
  for (const candidate of years) {
    const day = dayOf(candidate, month, date)
    if (day !== undefined && (toward === 'past' ? day <= today : day >= today)) return day
  }
  return undefined
}

function fullYear(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  return given.length === 2 ? 2000 + Number(given) : Number(given)
}

/** A day as it was said, perhaps without a year or with the last two figures of it; undefined: there is no such day. */
export function makeDay(
  today: Day,
  toward: Toward,
  given: { date: number; month: number; year: string | undefined },
): Day | undefined {
  const year = fullYear(given.year)
  return year === undefined
    ? nearYear(today, given.month, given.date, toward)
    : dayOf(year, given.month, given.date)
}

/** All days of a month, given as `2026-05`. */
export function monthSpan(month: string): Span {
  return [`${month}-01`, `${month}-${String(daysIn(month)).padStart(2, '0')}`]
}

/** The day of the week that is meant; `weekday`: 0 = Monday; `which`: the word before it, «прошлую», "next", or nothing. */
export function nearestWeekday(today: Day, weekday: number, which: string, toward: Toward): Day {
  const monday = plusDays(today, -weekdayOf(today))
  if (/^(?:этот|эт|this)/.test(which)) return plusDays(monday, weekday)
  if (/^(?:прошл|last)/.test(which)) {
    // «В прошлую пятницу» on a Saturday is yesterday for some and a week before for others: the last one that is over.
    const back = (weekdayOf(today) - weekday + 7) % 7 || 7
    return plusDays(today, -back)
  }
  if (/^(?:следующ|next)/.test(which)) return plusDays(monday, 7 + weekday)
  if (toward === 'past') return plusDays(today, -((weekdayOf(today) - weekday + 7) % 7))
  return plusDays(today, (weekday - weekdayOf(today) + 7) % 7)
}

/** From one day to another; undefined: one of them is none, or they are the wrong way round. */
export function spanOf(from: Day | undefined, to: Day | undefined): Span | undefined {
  if (from === undefined || to === undefined) return undefined
  // «с 28 декабря по 3 января»: the year changed on the way.
  if (daysBetween(from, to) < 0) {
    const earlier = plusMonths(from, -12)
    return daysBetween(earlier, to) >= 0 && from.slice(5) > to.slice(5) ? [earlier, to] : undefined
  }
  return [from, to]
}

/** So long before today; after it where `count` is negative. */
export function back(today: Day, unit: Unit, count: number): Day {
  if (unit === 'day') return plusDays(today, -count)
  if (unit === 'week') return plusDays(today, -7 * count)
  return plusMonths(today, unit === 'month' ? -count : -12 * count)
}
