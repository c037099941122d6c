import type { ChargeCategory } from '../../../../contracts/lines.ts'
import { type Executor, one, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import { type HeldRange, within } from './held-lines.ts'

/** What a line spent on each offering since an instant, in kopecks. */
export async function selectSpentByCode(
  db: Executor,
  lineId: string,
  since: Date,
): Promise<Map<string, number>> {
  const found = await rows(
    db,
    sql<{ code: string; kopecks: number }>`
      select code, sum(-kopecks)::bigint as kopecks from lines.charge
      where line_id = ${lineId} and at >= ${since} and code is not null and kopecks < 0 group by code`,
  )
  return new Map(found.map(({ code, kopecks }) => [code, kopecks]))
}

/** What these options and subscriptions took from a line after an instant, each in kopecks; those that took nothing are absent. */
export function selectTakenAfter(
  db: Executor,
  lineId: string,
  codes: readonly string[],
  after: Date,
): Promise<{ code: string; category: 'option' | 'content'; kopecks: number }[]> {
  return rows(
    db,
    sql<{ code: string; category: 'option' | 'content'; kopecks: number }>`
      select code, category, sum(-kopecks)::bigint as kopecks from lines.charge
      where line_id = ${lineId} and at > ${after} and category in ('option', 'content') and code = any(${[...codes]}::text[])
      group by code, category having sum(-kopecks) > 0`,
  )
}

/** What a paid subscription has taken from a line and not given back, in kopecks, since the line's beginning. */
export async function spentOnContent(db: Executor, lineId: string, code: string): Promise<number> {
  const { kopecks } = await one(
    db,
    sql<{ kopecks: number }>`
      select coalesce(sum(-kopecks), 0)::bigint as kopecks from lines.charge
      where line_id = ${lineId} and category = 'content' and code = ${code}`,
  )
  return kopecks
}

export interface ChargeSum {
  readonly category: ChargeCategory
  /** Of the line's calendar. */
  readonly day: string
  readonly takenKopecks: number
  readonly receivedKopecks: number
  readonly count: number
}

/** What was taken and received, by day and category. */
export function sumCharges(
  db: Executor,
  lineId: string,
  { from, to, timeZone }: { readonly from: Date; readonly to: Date; readonly timeZone: string },
): Promise<ChargeSum[]> {
  return rows(
    db,
    sql<ChargeSum>`
      select category, (at at time zone ${timeZone})::date as day, count(*),
        coalesce(sum(kopecks) filter (where kopecks < 0), 0)::bigint as "takenKopecks",
        coalesce(sum(kopecks) filter (where kopecks > 0), 0)::bigint as "receivedKopecks"
      from lines.charge where line_id = ${lineId} and at >= ${from} and at < ${to}
      group by category, day order by day, category`,
  )
}

export interface ChargeListed {
  readonly id: string
  readonly at: Date
  readonly category: ChargeCategory
  readonly kopecks: number
  readonly titleRu: string
  readonly titleEn: string
  readonly code: string | null
}

export interface ChargeRange {
  readonly lineId: string
  readonly from: Date
  readonly below: { readonly at: Date; readonly id: string }
  readonly category: ChargeCategory | undefined
}

const columns = sql`id, at, category, kopecks, title_ru as "titleRu", title_en as "titleEn", code`

/** Those of the Market, which whoever trades has most of, are in no index of categories; all others are known to be in it. */
const ofCategory = (category: ChargeCategory): RawSql =>
  category === 'market'
    ? sql`and category = 'market'`
    : sql`and category = ${category} and category <> 'market'`

/** Movements of a line's money below a place, newest first. */
export function selectCharges(
  db: Executor,
  { lineId, from, below, category }: ChargeRange,
  limit: number,
): Promise<ChargeListed[]> {
  const only = category === undefined ? sql`` : ofCategory(category)
  return rows(
    db,
    sql<ChargeListed>`
      select ${columns} from lines.charge
      where line_id = ${lineId} ${only} and at >= ${from} and (at, id) < (${below.at}, ${below.id})
      order by at desc, id desc limit ${limit}`,
  )
}

/** Movements of the money of somebody's time on a line, oldest first. */
export function selectHeldCharges(db: Executor, range: HeldRange, limit: number): Promise<ChargeListed[]> {
  return rows(
    db,
    sql<ChargeListed>`select ${columns} from lines.charge where ${within(range)} order by at, id limit ${limit}`,
  )
}
