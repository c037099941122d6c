import { Id } from '../../contracts/primitives.ts'
import { Refusal } from './refusal.ts'

/** A page of a list and the cursor of the next one; null: it was the last. */
export interface Page<Row> {
  readonly items: Row[]
  readonly next: string | null
}

/** A page of what was found, one row more than it holds having been asked for: that row says that there is a next page. */
export function pageOf<Row>(
  found: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => string,
): Page<Row> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, next: found.length > limit && last !== undefined ? cursorOf(last) : null }
}

const strange = () => new Refusal('invalid_request', { in: 'after' })

/** The cursor of a list in the order of ids. */
export const idCursor = ({ id }: { readonly id: string }): string => id

/** Where a page in the order of ids begins. Refuses a strange cursor with `invalid_request`, as all of these do. */
export function readIdCursor(after: string | undefined): string | undefined {
  if (after === undefined || Id.safeParse(after).success) return after
  throw strange()
}

/** The cursor of a history whose steps are numbered. */
export const versionCursor = ({ version }: { readonly version: number }): string => String(version)

export function readVersionCursor(after: string | undefined): number | undefined {
  if (after === undefined) return undefined
  if (!/^\d{1,9}$/.test(after)) throw strange()
  return Number(after)
}

/** A place in a list that is in the order of time, then of ids. */
export interface PlaceInTime {
  readonly at: Date
  readonly id: string
}

/** The cursor of a list in the order of time, in milliseconds. */
export const timeCursor = ({ at, id }: PlaceInTime): string => `${at.getTime()}_${id}`

export function readTimeCursor(after: string | undefined): PlaceInTime | undefined {
  if (after === undefined) return undefined
  const [at = '', id = ''] = after.split('_')
  if (!/^\d{1,15}$/.test(at) || !Id.safeParse(id).success) throw strange()
  return { at: new Date(Number(at)), id }
}

const INSTANT_CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/

/** The same in the words of ISO 8601: of lists that have handed such cursors out. */
export const instantCursor = ({ at, id }: PlaceInTime): string => `${at.toISOString()}_${id}`

export function readInstantCursor(after: string | undefined): PlaceInTime | undefined {
  if (after === undefined) return undefined
  const [, at, id] = INSTANT_CURSOR.exec(after) ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) throw strange()
  return { at: new Date(at), id }
}
