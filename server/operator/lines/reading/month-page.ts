import { Month } from '../../../../contracts/lines.ts'
import { Id } from '../../../../contracts/primitives.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { addDays, startOfMonth } from '../calendar.ts'
import type { Reach } from '../store/find-line.ts'

/** A place in a list that runs backwards in time. */
export interface PlaceInTime {
  readonly at: Date
  readonly id: string
}

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

/** Where a page begins. Refuses a strange cursor with `invalid_request`. */
export function placeBelow(after: string | undefined, to: Date): PlaceInTime {
  if (after === undefined) return { at: to, id: LOWEST_ID }
  const [at = '', id = ''] = after.split('_')
  if (!/^\d{1,15}$/.test(at) || !Id.safeParse(id).success)
    throw new Refusal('invalid_request', { in: 'after' })
  return { at: new Date(Number(at)), id }
}

/** One page of what was found, one more than it holds having been asked for. */
export function pageInTime<T extends PlaceInTime>(
  found: readonly T[],
  limit: number,
): { items: T[]; next: string | null } {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last ? `${last.at.getTime()}_${last.id}` : null }
}
