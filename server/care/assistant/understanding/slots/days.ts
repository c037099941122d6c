/** Days of a calendar without hours, as `YYYY-MM-DD`: arithmetic that knows no clock. */
export type Day = string

const MS = 86_400_000
const toMs = (day: Day): number => Date.parse(`${day}T00:00:00Z`)
const fromMs = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

/** The day that it is at an instant in a time zone, such as `Europe/Moscow`. */
export function dayIn(zone: string, now: Date): Day {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now)
  return parts.slice(0, 10)
}

export const plusDays = (day: Day, days: number): Day => fromMs(toMs(day) + days * MS)

/** The same day some months on; the last day of a shorter month. */
export function plusMonths(day: Day, months: number): Day {
  const first = new Date(toMs(`${day.slice(0, 7)}-01`))
  first.setUTCMonth(first.getUTCMonth() + months)
  const month = fromMs(first.getTime()).slice(0, 7)
  return `${month}-${String(Math.min(Number(day.slice(8)), daysIn(month))).padStart(2, '0')}`
}

/** How many days a month, `YYYY-MM`, has. */
export function daysIn(month: string): number {
  const [year, number] = month.split('-').map(Number)
  return new Date(Date.UTC(year ?? 0, number ?? 0, 0)).getUTCDate()
}

/** Monday = 0. */
export const weekdayOf = (day: Day): number => (new Date(toMs(day)).getUTCDay() + 6) % 7

/** A day by its numbers; undefined when no calendar has it. */
export function dayOf(year: number, month: number, date: number): Day | undefined {
  if (month < 1 || month > 12 || date < 1) return undefined
  const prefix = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  return date > daysIn(prefix) ? undefined : `${prefix}-${String(date).padStart(2, '0')}`
}

/** Days between two, the second minus the first. */
export const daysBetween = (from: Day, to: Day): number => Math.round((toMs(to) - toMs(from)) / MS)
