import type { Executor } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { lockRows } from './read-rows.ts'

/**
 * Locks lines in the order of their ids until the transaction ends. Who acts on several locks all of them at once, before anything
 * else. Refuses with `not_found`.
 */
export async function lockLines(tx: Executor, lineIds: readonly string[]): Promise<void> {
  const wanted = new Set(lineIds)
  if ((await lockRows(tx, [...wanted])).length < wanted.size) throw new Refusal('not_found', { what: 'line' })
}

/** Locks one line. Refuses with `not_found`. */
export const lockLine = (tx: Executor, lineId: string): Promise<void> => lockLines(tx, [lineId])
