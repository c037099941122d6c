import type { Executor } from '../../platform/database/index.ts'
import { markClosed } from './store.ts'

/**
 * Closes accounts: nothing moves in or out any more, their movements stay readable. What is left in them must have been moved out
 * before: one that is not empty, or not open, is a defect.
 */
export async function closeAccounts(tx: Executor, accountIds: readonly string[], at: Date): Promise<void> {
  const wanted = new Set(accountIds)
  const closed = await markClosed(tx, [...wanted], at)
  if (closed < wanted.size)
    throw new Error(`${wanted.size - closed} of the accounts to close are not open and empty`)
}
