import { Month } from '../../../../contracts/lines.ts'
import { type PlaceInTime, readTimeCursor } from '../../../platform/pages.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { addDays, startOfMonth } from '../calendar.ts'
import type { Reach } from '../store/find-line.ts'

/** Below everything of its instant: the end of a month is not part of it. */
const LOWEST_ID = '00000000-0000-0000-0000-000000000000'

interface Bounds {
  readonly from: Date
  readonly to: Date
}

/**
 * A month of a line's calendar, or a day of it, as far as its holder of now has held it. Refuses what is no month with
 * `invalid_request`.
 */
export function boundsOf(month: string, { timeZone, heldSince }: Reach, day?: number): Bounds {
  if (!Month.safeParse(month).success) throw new Refusal('invalid_request', { in: 'month' })
  const [first, end] = [startOfMonth(timeZone, month), startOfMonth(timeZone, month, 1)]
  const from = day === undefined ? first : addDays(first, timeZone, day - 1)
  const to = day === undefined ? end : addDays(first, timeZone, day)
  return { from: later(from, heldSince), to: to < end ? to : end }
}

export const later = (at: Date, other: Date | null): Date => (other !== null && other > at ? other : at)

/** Where a page of a list that runs backwards begins. Refuses a strange cursor with `invalid_request`. */
export const placeBelow = (after: string | undefined, to: Date): PlaceInTime =>
  readTimeCursor(after) ?? { at: to, id: LOWEST_ID }
