import type { Executor } from '../../platform/database/index.ts'
import type { Unit } from './ledger.ts'
import { insertAccounts } from './store.ts'

export interface NewAccount {
  /** Made by `newId`. */
  readonly id: string
  readonly unit: Unit
  /** What the balance never falls below, in the account's unit: mostly 0, less where a debt is allowed. At most 0. */
  readonly floor: number
  /** Whose it is: a line, a party, a lot. */
  readonly ownerId: string
}

/** Opens accounts with nothing in them. An id that exists is a defect. */
export async function openAccounts(tx: Executor, accounts: readonly NewAccount[]): Promise<void> {
  if (accounts.length > 0) await insertAccounts(tx, accounts)
}
