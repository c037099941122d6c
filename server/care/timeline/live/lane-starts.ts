import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { LaneWindow } from '../../subscribers/index.ts'

export interface LaneStart {
  readonly laneId: string
  /** The last seq before the lane was this person's. */
  readonly seq: number
  /** The newest there is. */
  readonly lastSeq: number
}

/** From where on lanes are a person's: found by halving, because stored times never run backwards in a lane. */
export function readLaneStarts(db: Executor, windows: readonly LaneWindow[]): Promise<LaneStart[]> {
  return rows(
    db,
    sql<LaneStart>`
      with recursive half as (
        select w.lane_id, w.since, l.last_seq, 0::bigint as low, case when w.since is null then 0 else l.last_seq end as high
        from unnest(${windows.map((one) => one.laneId)}::uuid[], ${windows.map((one) => one.from)}::timestamptz[]) as w(lane_id, since)
        join timeline.lane l on l.id = w.lane_id
        union all
        select h.lane_id, h.since, h.last_seq, case when e.stored_at < h.since then e.seq else h.low end,
          case when e.stored_at < h.since then h.high else e.seq - 1 end
        from half h join timeline.entry e on e.lane_id = h.lane_id and e.seq = (h.low + h.high + 1) / 2
        where h.low < h.high
      )
      select lane_id as "laneId", low as seq, last_seq as "lastSeq" from half where low = high`,
  )
}
