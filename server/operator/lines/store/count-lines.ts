import { type Executor, rows, sql } from '../../../platform/database/index.ts'

/** How many lines have each of these offerings now, as their tariff, an option, a subscription or a discount; none = absent. */
export async function countLinesOf(
  db: Executor,
  offeringIds: readonly string[],
): Promise<Map<string, number>> {
  const ids = [...offeringIds]
  const counted = await rows(
    db,
    sql<{ id: string; lines: number }>`
      select id, sum(lines)::bigint as lines from (
        select tariff_id as id, count(*) as lines from lines.line
        where tariff_id = any(${ids}::uuid[]) and state <> 'ended' group by 1
        union all
        select offering_id, count(*) from lines.connected
        where offering_id = any(${ids}::uuid[]) and ended_at is null group by 1
        union all
        select offering_id, count(*) from lines.discount
        where offering_id = any(${ids}::uuid[]) and ended_at is null group by 1
      ) counted group by id`,
  )
  return new Map(counted.map(({ id, lines }) => [id, lines]))
}
