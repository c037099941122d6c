import type { Executor } from '../../platform/database/index.ts'
import { selectBalances } from './store.ts'

/** Balances of accounts with a floor, by id, in their units. An id that nobody opened is absent. */
export async function readBalances(
  db: Executor,
  accountIds: readonly string[],
): Promise<Map<string, number>> {
  const found = await selectBalances(db, accountIds)
  return new Map(found.map(({ id, balance }) => [id, balance]))
}
