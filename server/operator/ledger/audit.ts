import type { Executor } from '../../platform/database/index.ts'
import type { Unit } from './ledger.ts'
import { selectDifferences, selectUnitSums } from './store.ts'

/** An account whose balance is not what its entries say. */
export interface Difference {
  readonly accountId: string
  readonly balance: number
  readonly entries: number
}

export interface Audit {
  /** Everything is as it must be. */
  readonly sound: boolean
  /** Of all entries of a unit: 0. A unit in which nothing has moved is absent. */
  readonly sums: ReadonlyMap<Unit, number>
  /** At most 100. */
  readonly differences: readonly Difference[]
}

/**
 * Counts the whole ledger again: each unit sums to zero; each balance, and each system account's sum, equals its entries. Reads every
 * entry; nobody waits for it.
 */
export async function audit(db: Executor): Promise<Audit> {
  const sums = new Map((await selectUnitSums(db)).map(({ unit, sum }) => [unit, sum]))
  const differences = await selectDifferences(db)
  return {
    sound: differences.length === 0 && [...sums.values()].every((sum) => sum === 0),
    sums,
    differences,
  }
}
