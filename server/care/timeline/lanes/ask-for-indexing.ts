import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { LaneNews } from '../live/notices.ts'

/** Leaves a note, in the same transaction, that these entries are still to be found by search. */
export async function askForIndexing(
  tx: Executor,
  entries: readonly LaneNews[],
  storedAt: Date,
): Promise<void> {
  await rows(
    tx,
    sql`insert into search.waiting (lane_ids, seqs, stored_at)
      values (${entries.map((entry) => entry.laneId)}::uuid[], ${entries.map((entry) => entry.seq)}::bigint[], ${storedAt})`,
  )
}
