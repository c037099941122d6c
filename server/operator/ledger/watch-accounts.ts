import type { Executor } from '../../platform/database/index.ts'
import { markWatched } from './store.ts'

/**
 * From now on each change of these balances is told under the name of their owner (`platform/kept`): for who keeps in memory what they read of
 * them afterwards. Nothing is told of others, since most accounts are moved by people whom nobody looks at. Nobody is waited for.
 * @returns those that are watched from now on; who is missing was watched before, or is being moved: look again later
 */
export const watchAccounts = (db: Executor, accountIds: readonly string[]): Promise<string[]> =>
  markWatched(db, accountIds)
