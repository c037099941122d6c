import { countChanged, type Executor, maybeOne, one, rows, sql } from '../../../platform/database/index.ts'
import type { Size } from './book.ts'
import { LOT, type LotRow } from './lots.ts'

export interface RaiseRow {
  readonly id: string
  readonly lotId: string
  readonly kopecks: number
}

export const selectRaise = (tx: Executor, id: string): Promise<RaiseRow | undefined> =>
  maybeOne(tx, sql<RaiseRow>`select id, lot_id as "lotId", kopecks from market.raise where id = ${id}`)

/** Who raises lots of a size queues here until the transaction ends, so that no more are sold than there are. */
export async function lockRaises(tx: Executor, { type, units }: Size): Promise<void> {
  await rows(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`market-raise:${type}:${units}`}, 0))`)
}

/** How many lots of a size are raised, and when the first of them no longer is. */
export function countRaised(
  tx: Executor,
  { type, units }: Size,
  now: Date,
): Promise<{ readonly count: number; readonly freeAt: Date | null }> {
  return one(
    tx,
    sql<{
      count: number
      freeAt: Date | null
    }>`select count(*)::int as count, min(raised_until) as "freeAt" from market.lot
      where type = ${type} and units = ${units} and state = 'active' and raised_until > ${now}`,
  )
}

export function insertRaise(
  tx: Executor,
  { id, lotId, kopecks }: RaiseRow,
  { at, until }: { readonly at: Date; readonly until: Date },
): Promise<LotRow> {
  return one(
    tx,
    sql<LotRow>`with paid as (
        insert into market.raise (id, lot_id, kopecks, at, until) values (${id}, ${lotId}, ${kopecks}, ${at}, ${until}))
      update market.lot set raised_until = ${until} where id = ${lotId} returning ${LOT}`,
  )
}

/** Deletes raises that ended before an instant, the oldest first. Gives how many. */
export const deleteRaises = (db: Executor, before: Date, limit: number): Promise<number> =>
  countChanged(
    db,
    sql`delete from market.raise where id = any(array(
      select id from market.raise where until < ${before} order by until limit ${limit}))`,
  )
