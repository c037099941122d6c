import { type Executor, rows, sql } from '../../platform/database/index.ts'

/** Destroys the documents of lanes. Gives how many. */
export async function eraseDocuments(tx: Executor, laneIds: readonly string[]): Promise<number> {
  const gone = await rows(
    tx,
    sql`delete from search.document where lane_id = any(${[...laneIds]}::uuid[]) returning 1`,
  )
  return gone.length
}
