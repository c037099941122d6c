import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'

/** The line that has a number now. */
export async function findLineId(db: Executor, msisdn: string): Promise<string | undefined> {
  const found = await maybeOne(
    db,
    sql<{ id: string }>`select id from lines.line where msisdn = ${msisdn} and state <> 'ended'`,
  )
  return found?.id
}

/** The time zone of a line, ended ones included. */
export async function findTimeZone(db: Executor, lineId: string): Promise<string | undefined> {
  const found = await maybeOne(
    db,
    sql<{ timeZone: string }>`select time_zone as "timeZone" from lines.line where id = ${lineId}`,
  )
  return found?.timeZone
}
