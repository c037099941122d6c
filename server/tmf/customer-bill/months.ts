import { Month } from '../../../contracts/lines.ts'
import { lineOf, partOf } from '../core/ids.ts'

/** How many months a list of bills goes back, the present one included; older ones are read by their id. */
const MONTHS = 6

/** Months as `2027-01`, newest first. UTC: at a month's end the operator's may be one further, so it begins with the next. */
export function recentMonths(now: Date): string[] {
  const first = new Date(now.getTime() + 14 * 3_600_000)
  return Array.from({ length: MONTHS }, (_, back) =>
    new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  )
}

/** The line and month of a bill's or a rate's id (`LINE.2027-01`, `LINE.2027-01.CHARGE`); undefined = it is no such id. */
export function billOf(id: string): { readonly lineId: string; readonly month: string } | undefined {
  const month = partOf(id)?.slice(0, 7)
  return Month.safeParse(month).success && month !== undefined ? { lineId: lineOf(id), month } : undefined
}

/** From the first instant of a month to the first of the next, as a calendar has them. */
export function periodOf(month: string): { readonly startDateTime: string; readonly endDateTime: string } {
  const start = new Date(`${month}-01T00:00:00.000Z`)
  const end = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1))
  return { startDateTime: start.toISOString(), endDateTime: end.toISOString() }
}
