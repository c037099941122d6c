import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { LaneWindow } from '../../subscribers/index.ts'

/** A person's stretch of a lane, as time and as entries; `lastSeq` < `firstSeq` when nothing stands in it. */
export interface LaneSpan extends LaneWindow {
  readonly firstSeq: number
  readonly lastSeq: number
}

/** Which entries stand in these windows. */
export async function spansOf(db: Executor, windows: readonly LaneWindow[]): Promise<LaneSpan[]> {
  const found = await rows(
    db,
    sql<{ place: number; firstSeq: number; lastSeq: number }>`
      select w.place::int, coalesce(found.first_seq, 1) as "firstSeq", coalesce(found.last_seq, 0) as "lastSeq"
      from unnest(${windows.map((one) => one.laneId)}::uuid[], ${windows.map((one) => one.from)}::timestamptz[],
          ${windows.map((one) => one.to)}::timestamptz[]) with ordinality as w(lane_id, since, until, place)
      cross join lateral (
        select min(seq) as first_seq, max(seq) as last_seq from timeline.entry e
        where e.lane_id = w.lane_id and (w.since is null or e.stored_at >= w.since) and (w.until is null or e.stored_at < w.until)
      ) found
      order by w.place`,
  )
  return found.flatMap(({ place, ...seqs }) => {
    const window = windows[place - 1]
    return window ? [{ ...window, ...seqs }] : []
  })
}

/** Spans as a table `s(lane_id, first_seq, last_seq, since, until)`. */
export const tableOf = (spans: readonly LaneSpan[]) => sql`unnest(
  ${spans.map((one) => one.laneId)}::uuid[], ${spans.map((one) => one.firstSeq)}::bigint[], ${spans.map((one) => one.lastSeq)}::bigint[],
  ${spans.map((one) => one.from)}::timestamptz[], ${spans.map((one) => one.to)}::timestamptz[]) as s(lane_id, first_seq, last_seq, since, until)`

/** Is an instant of the row within the span? */
export const within = (column: ReturnType<typeof sql.ref>) =>
  sql`(s.since is null or ${column} >= s.since) and (s.until is null or ${column} < s.until)`

/** Stretches of talk that began within these spans. */
export async function interactionsIn(db: Executor, spans: readonly LaneSpan[]): Promise<string[]> {
  const found = await rows(
    db,
    sql<{ id: string }>`select distinct i.id from ${tableOf(spans)}
      join timeline.interaction i on i.lane_id = s.lane_id where ${within(sql.ref('i.opened_at'))}`,
  )
  return found.map(({ id }) => id)
}
