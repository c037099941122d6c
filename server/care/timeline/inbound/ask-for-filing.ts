import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Appended } from '../lanes/append-entry.ts'

/** Filing is to follow an entry that the person brought. */
export async function askForFiling(tx: Executor, laneId: string, entry: Appended): Promise<void> {
  await rows(
    tx,
    sql`insert into timeline.arrival (lane_ids, seqs, stored_at, not_before)
      values (array[${laneId}]::uuid[], array[${entry.seq}]::bigint[], ${entry.storedAt}, ${entry.storedAt})`,
  )
}
