import type { LineRole } from '../../../../contracts/lines.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'

/** A line while it was somebody's, as owner or user. */
export interface HeldLine {
  readonly lineId: string
  readonly msisdn: string
  readonly timeZone: string
  readonly role: LineRole
  readonly from: Date
  /** null = it still is. */
  readonly to: Date | null
}

/** Lines that a party owns or uses, or did, in the order of time: what happens to them then is about this party. */
export function selectHeld(db: Executor, partyId: string): Promise<HeldLine[]> {
  return rows(
    db,
    sql<HeldLine>`
      select l.id as "lineId", l.msisdn, l.time_zone as "timeZone", r.role, r.valid_from as "from", r.valid_to as "to"
      from lines.role r join lines.line l on l.id = r.line_id
      where r.party_id = ${partyId} and r.role in ('owner', 'user') order by r.valid_from, l.id`,
  )
}

/** Somebody's time on a line, and the place of the last row that was read. */
export interface HeldRange {
  readonly lineId: string
  readonly from: Date
  readonly to: Date | null
  readonly after: { readonly at: Date; readonly id: string } | undefined
}

/** Rows of a line's table that are keyed by line and time. */
export const within = ({ lineId, from, to, after }: HeldRange) => sql`
  line_id = ${lineId} and at >= ${from} and at < coalesce(${to}::timestamptz, 'infinity')
  and ${after ? sql`(at, id) > (${after.at}, ${after.id})` : sql`true`}`
