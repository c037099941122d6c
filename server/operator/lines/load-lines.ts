import type { Executor } from '../../platform/database/index.ts'
import { readOfferings } from '../catalogue/index.ts'
import type { LineState } from './line-state.ts'
import { offeringsOf, stateOf } from './state-of-row.ts'
import { type LineRow, selectLines, selectRestingLines } from './store/read-rows.ts'

/** Lines as they stand in the tables, by id: one statement, and another for offerings that this process has not read before. */
export async function loadLines(db: Executor, ids: readonly string[]): Promise<Map<string, LineState>> {
  return ids.length === 0 ? new Map() : statesOf(db, await selectLines(db, ids))
}

/** The same for whoever moves nothing but money and what is on hold: lines at rest are read without what else hangs on them. */
export async function loadRestingLines(
  db: Executor,
  ids: readonly string[],
  now: Date,
): Promise<Map<string, LineState>> {
  return ids.length === 0 ? new Map() : statesOf(db, await selectRestingLines(db, ids, now))
}

/** The same of rows that have been read. */
export async function statesOf(db: Executor, found: readonly LineRow[]): Promise<Map<string, LineState>> {
  const offerings = await readOfferings(db, found.flatMap(offeringsOf))
  return new Map(found.map((row) => [row.id, stateOf(row, offerings)]))
}
