import type { Executor } from '../../platform/database/index.ts'
import { asRefusal } from './refusals.ts'
import { updateFloor } from './store.ts'

/**
 * Sets what the account's balance must not fall below. Refuses with `insufficient_balance` when it is below that already. An account
 * that is not open is a defect.
 */
export async function setFloor(tx: Executor, accountId: string, floor: number): Promise<void> {
  const changed = await updateFloor(tx, accountId, floor).catch(asRefusal)
  if (!changed) throw new Error(`account ${accountId} is not open`)
}
