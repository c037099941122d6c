import { type Executor, type RawSql, rows, sql } from '../../../platform/database/index.ts'
import type { LaneWindow } from '../../subscribers/index.ts'
import type { EntryRow } from './present-entries.ts'

const ENTRY = sql`
  e.lane_id as "laneId", e.seq, e.kind, e.direction, e.author_kind as "authorKind", e.author_id as "authorId", e.supersedes,
  e.provider_at as "providerAt", e.received_at as "receivedAt", e.stored_at as "storedAt", e.late, b.body, l.channel, b.external_id as "externalId"`

const FROM = sql`
  timeline.entry e join timeline.lane l on l.id = e.lane_id
  left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq`

/**
 * The newest entries of each window, newest first, in one query: along each lane's key from its cursor down.
 * @param only which entries, as a condition on `e`
 */
export async function readLanesBackwards(
  db: Executor,
  windows: readonly LaneWindow[],
  below: (window: LaneWindow) => number | undefined,
  limit: number,
  only: RawSql,
): Promise<Map<LaneWindow, EntryRow[]>> {
  const found = await rows(
    db,
    sql<EntryRow & { place: number }>`
      select page.*, w.place::int from unnest(
          ${windows.map((one) => one.laneId)}::uuid[], ${windows.map((one) => one.from)}::timestamptz[],
          ${windows.map((one) => one.to)}::timestamptz[], ${windows.map((one) => below(one) ?? Number.MAX_SAFE_INTEGER)}::bigint[]
        ) with ordinality as w(lane_id, since, until, below, place)
      cross join lateral (
        select ${ENTRY} from ${FROM}
        where e.lane_id = w.lane_id and e.seq < w.below and ${only}
          and (w.since is null or e.stored_at >= w.since) and (w.until is null or e.stored_at < w.until)
        order by e.seq desc limit ${limit}
      ) page
      order by w.place, page.seq desc`,
  )
  const lanes = new Map<LaneWindow, EntryRow[]>(windows.map((window) => [window, []]))
  for (const { place, ...entry } of found) {
    const window = windows[place - 1]
    if (window) lanes.get(window)?.push(entry)
  }
  return lanes
}

/** A lane's entries after a seq, oldest first: how a reader resumes. */
export function readLaneForwards(
  db: Executor,
  laneId: string,
  after: number,
  limit: number,
): Promise<EntryRow[]> {
  return rows(
    db,
    sql<EntryRow>`select ${ENTRY} from ${FROM} where e.lane_id = ${laneId} and e.seq > ${after} order by e.seq limit ${limit}`,
  )
}

/** Some entries of a lane by seq. */
export function readEntriesBySeq(db: Executor, laneId: string, seqs: readonly number[]): Promise<EntryRow[]> {
  return rows(
    db,
    sql<EntryRow>`select ${ENTRY} from ${FROM} where e.lane_id = ${laneId} and e.seq = any(${[...seqs]}::bigint[]) order by e.seq`,
  )
}

/** Entries that say what became of others, in the order in which they did; `until`: nothing from this instant on. */
export function readLater(
  db: Executor,
  originals: readonly { readonly laneId: string; readonly seq: number; readonly until: Date | null }[],
): Promise<EntryRow[]> {
  return rows(
    db,
    sql<EntryRow>`
      select ${ENTRY} from unnest(
          ${originals.map((one) => one.laneId)}::uuid[], ${originals.map((one) => one.seq)}::bigint[],
          ${originals.map((one) => one.until)}::timestamptz[]) as o(lane_id, seq, until)
      join ${FROM} on e.lane_id = o.lane_id and e.supersedes = o.seq and (o.until is null or e.stored_at < o.until)
      order by e.lane_id, e.seq`,
  )
}
