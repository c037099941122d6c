import type { Executor } from '../../../platform/database/index.ts'
import type { LinesContext } from '../lines-context.ts'
import { askEraseName, eraseFreeNames, eraseOthers } from '../store/erase-party.ts'
import { deleteGlancesOf } from '../store/glance.ts'

/**
 * Destroys what says who a party is and whom it called: the other numbers of the usage of its own lines, and its name. While a line of it
 * lives on the name stays, for the line is served by it (whose contract it is, who may enter), and goes with its last role. Amounts, charges
 * and consents stay: the law wants the books, and a consent is the proof of what was taken. Gives how many of each were destroyed.
 */
export async function eraseParty(
  tx: Executor,
  { clock }: Pick<LinesContext, 'clock'>,
  partyId: string,
): Promise<{ names: number; numbers: number }> {
  const now = clock.now()
  const numbers = await eraseOthers(tx, partyId)
  await deleteGlancesOf(tx, partyId)
  await askEraseName(tx, partyId, now)
  return { names: await eraseFreeNames(tx, [partyId], now), numbers }
}
