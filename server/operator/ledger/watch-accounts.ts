import type { Executor } from '../../platform/database/index.ts'
import { markWatched } from './store.ts'

/**
 * From now on each change of these balances is told under the name of their owner (`platform/kept`): for who keeps in memory what they read of
 * them afterwards. Nothing is told of others, since most accounts are moved by people whom nobody looks at.
 */
export async function watchAccounts(db: Executor, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length > 0) await markWatched(db, accountIds)
}
