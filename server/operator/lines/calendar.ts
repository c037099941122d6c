const DAY_MS = 86_400_000

/** How something comes again: by the calendar of the line's time zone, at the anchor's time of day. */
export type Rhythm = 'daily' | 'weekly' | 'monthly' | '30-days'
const DAYS_OF = { daily: 1, weekly: 7, '30-days': 30 } as const

// An offset holds for a whole day of UTC unless it changes within it; both are remembered, for the days in use.
const CHANGES = Symbol('changes')
const MOST_DAYS_KEPT = 2_000
const zones = new Map<string, { format: Intl.DateTimeFormat; days: Map<number, number | typeof CHANGES> }>()

/** Whether this machine knows the name of the time zone (IANA). */
export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function zoneOf(name: string) {
  const known = zones.get(name)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  const zone = { format, days: new Map<number, number | typeof CHANGES>() }
  zones.set(name, zone)
  return zone
}

/** What has to be added to UTC at an instant to get the local time, in milliseconds. */
function offsetAt(zoneName: string, at: number): number {
  const { format, days } = zoneOf(zoneName)
  const day = Math.floor(at / DAY_MS)
  const known = days.get(day)
  if (typeof known === 'number') return known
  if (known === CHANGES) return askOffset(format, at)
  const [first, last] = [askOffset(format, day * DAY_MS), askOffset(format, (day + 1) * DAY_MS - 1)]
  if (days.size >= MOST_DAYS_KEPT) days.clear()
  days.set(day, first === last ? first : CHANGES)
  return first === last ? first : askOffset(format, at)
}

function askOffset(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(name) ?? []
  const ms = ((Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0)) * 1000
  return sign === '-' ? -ms : ms
}

/** A local date and time as if it were UTC. */
const localOf = (zone: string, at: Date) => at.getTime() + offsetAt(zone, at.getTime())

/** The instant of a local time: the earlier one when clocks are put back, as much later as is left out when they are put forward. */
function instantOf(zone: string, local: number): Date {
  const before = offsetAt(zone, local - DAY_MS)
  const after = offsetAt(zone, local + DAY_MS)
  if (before === after) return new Date(local - before)
  const fits = [local - before, local - after].filter((at) => at + offsetAt(zone, at) === local)
  return new Date(fits.length > 0 ? Math.min(...fits) : local - before)
}

/**
 * The n-th instant after the anchor at which something comes again (0 = the anchor itself). Months keep the anchor's day, or take the
 * last one where there is none: 31 January → 28 or 29 February → 31 March.
 */
export function occurrence(anchor: Date, zone: string, rhythm: Rhythm, n: number): Date {
  if (n === 0) return anchor
  const local = localOf(zone, anchor)
  if (rhythm !== 'monthly') return instantOf(zone, local + n * DAYS_OF[rhythm] * DAY_MS)
  const date = new Date(local)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + n]
  const day = Math.min(date.getUTCDate(), new Date(Date.UTC(year, month + 1, 0)).getUTCDate())
  const timeOfDay = ((local % DAY_MS) + DAY_MS) % DAY_MS
  return instantOf(zone, Date.UTC(year, month, day) + timeOfDay)
}

/** So many days later, at the same time of day. */
export const addDays = (at: Date, zone: string, days: number): Date => occurrence(at, zone, 'daily', days)

/** The local day of an instant, `2026-02-28`. */
export function dayOf(zone: string, at: Date): string {
  const number = Math.floor(localOf(zone, at) / DAY_MS)
  const known = dayNames.get(number)
  if (known !== undefined) return known
  const name = new Date(number * DAY_MS).toISOString().slice(0, 10)
  if (dayNames.size >= MOST_DAYS_KEPT) dayNames.clear()
  dayNames.set(number, name)
  return name
}
const dayNames = new Map<number, string>()

/** The local month of an instant, `2026-02`. */
export const monthOf = (zone: string, at: Date): string => dayOf(zone, at).slice(0, 7)

/** When a local month (`2026-02`), or the one so many months after it, begins. */
export function startOfMonth(zone: string, month: string, later = 0): Date {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return instantOf(zone, Date.UTC(year, number - 1 + later, 1))
}

/** When the local day of an instant began. */
export function startOfDay(zone: string, at: Date): Date {
  return instantOf(zone, Math.floor(localOf(zone, at) / DAY_MS) * DAY_MS)
}
