import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'

/** The line that has a number now. */
export async function findLineId(db: Executor, msisdn: string): Promise<string | undefined> {
  const found = await maybeOne(
    db,
    sql<{ id: string }>`select id from lines.line where msisdn = ${msisdn} and state <> 'ended'`,
  )
  return found?.id
}

/** What bounds readings of a line, ended ones included. */
export interface Reach {
  /** Its days and months are of this time zone. */
  readonly timeZone: string
  /** What was before belongs to somebody else who held it; null = nobody holds it. */
  readonly heldSince: Date | null
}

export function findReach(db: Executor, lineId: string): Promise<Reach | undefined> {
  return maybeOne(
    db,
    sql<Reach>`select time_zone as "timeZone", (select valid_from from lines.role r
        where r.line_id = l.id and r.role = 'owner' and r.valid_to is null) as "heldSince"
      from lines.line l where id = ${lineId}`,
  )
}
