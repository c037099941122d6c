import type { Executor } from '../../../platform/database/index.ts'
import type { LinesContext } from '../lines-context.ts'
import { eraseName, eraseOthers } from '../store/erase-party.ts'

/**
 * Destroys what says who a party is and whom it called: its name, and the other numbers of the usage of its own lines. Amounts, charges
 * and consents stay: the law wants the books, and a consent is the proof of what was taken. Gives how many of each were destroyed.
 */
export async function eraseParty(
  tx: Executor,
  { clock }: Pick<LinesContext, 'clock'>,
  partyId: string,
): Promise<{ names: number; numbers: number }> {
  return { names: await eraseName(tx, partyId, clock.now()), numbers: await eraseOthers(tx, partyId) }
}
