import type { Executor } from '../../platform/database/index.ts'
import type { DataList } from '../edge/index.ts'
import { eraseParty, exportHeld, selectHeld } from '../lines/index.ts'
import { eraseFromMarket, exportMarket } from '../market/index.ts'
import { eraseOrders } from '../orders/index.ts'
import { erasePayments, exportPayments, type PaymentsContext } from '../payments/index.ts'

/** What our books hold of a party, for the party. */
export async function exportOurParty(
  db: Executor,
  partyId: string,
  ask: { readonly callDetails: boolean },
): Promise<DataList[]> {
  return [
    ...exportHeld(db, partyId, ask),
    exportPayments(db, await selectHeld(db, partyId)),
    ...exportMarket(db, partyId),
  ]
}

/**
 * Destroys what our books say about a party. Payments, then orders, then lines, as everybody locks them; the party's own row last, so that
 * what is done to its lines meanwhile still knows whose they are.
 */
export async function eraseOurParty(
  tx: Executor,
  payments: PaymentsContext,
  partyId: string,
): Promise<Readonly<Record<string, number>>> {
  const held = await selectHeld(tx, partyId)
  return {
    orders: await eraseOrders(tx, payments.orders, held),
    ...(await erasePayments(tx, payments, partyId, held)),
    ...(await eraseParty(tx, payments.lines, partyId)),
    marketWords: await eraseFromMarket(tx, partyId),
  }
}
