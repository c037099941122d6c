import { sql } from 'kysely'
import type { RawSql } from './query.ts'

/** A look for rows that are due: who takes them, and until when nobody else does. */
export interface Claim {
  readonly now: Date
  /** A row that nobody came back with by then is taken again. */
  readonly until: Date
  /** The name under which they are taken: whoever comes back too late finds another one. */
  readonly lease: string
  readonly limit: number
}

/**
 * Takes rows of a table that are due, the longest waiting first; those that somebody else holds are left to them. The next time is the
 * lease. For tables with `id`, `attempts`, `lease` and `next_at` (indexed); what is to be read of the rows follows as `returning`.
 * @param which instead of what is due, among which the order is the same
 */
export const claimDue = (
  table: RawSql,
  { now, until, lease, limit }: Claim,
  which: RawSql = sql`next_at <= ${now}`,
): RawSql => sql`
  update ${table} set attempts = attempts + 1, lease = ${lease}, next_at = ${until}
  where id = any(array(
    select id from ${table} where ${which} order by next_at limit ${limit} for update skip locked))`
