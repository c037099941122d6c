import { countChanged, type Executor, rows, sql } from '../../platform/database/index.ts'

/** A stretch of a lane, both ends included. */
export interface Span {
  readonly laneId: string
  readonly firstSeq: number
  readonly lastSeq: number
}

/**
 * Destroys the documents of stretches; belongs into the transaction that destroys their bodies. Waits for indexing under way, which may
 * have read a body already, and holds it back until the commit. Gives how many.
 */
export async function eraseDocuments(tx: Executor, spans: readonly Span[]): Promise<number> {
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended('search.indexing', 0))`)
  return countChanged(
    tx,
    sql`delete from search.document d using unnest(${spans.map((one) => one.laneId)}::uuid[],
        ${spans.map((one) => one.firstSeq)}::bigint[], ${spans.map((one) => one.lastSeq)}::bigint[]) as s(lane_id, first_seq, last_seq)
      where d.lane_id = s.lane_id and d.seq between s.first_seq and s.last_seq`,
  )
}

/** Destroys the oldest documents of entries stored before an instant, at most `limit`. Gives how many. */
export function eraseOldDocuments(tx: Executor, before: Date, limit: number): Promise<number> {
  return countChanged(
    tx,
    sql`delete from search.document where (lane_id, seq) in (
      select lane_id, seq from search.document where stored_at < ${before} limit ${limit})`,
  )
}
