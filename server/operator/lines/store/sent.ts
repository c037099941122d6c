import { type Executor, one, sql } from '../../../platform/database/index.ts'
import type { Sent } from '../plans/transfer.ts'

/** What a line has sent to others since the beginnings of a day and of its month. */
export function selectSent(
  db: Executor,
  lineId: string,
  since: { readonly day: Date; readonly month: Date },
): Promise<Sent> {
  return one(
    db,
    sql<Sent>`
      select coalesce(sum(-kopecks) filter (where at >= ${since.day}), 0)::bigint as "dayKopecks",
        count(*) filter (where at >= ${since.day}) as "dayCount", coalesce(sum(-kopecks), 0)::bigint as "monthKopecks"
      from lines.charge
      where line_id = ${lineId} and category = 'transfer' and at >= ${since.month} and kopecks < 0`,
  )
}
