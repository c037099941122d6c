import type { Executor } from '../../platform/database/index.ts'
import { type Body, bodyOf } from './body.ts'
import type { Posted, Transfer } from './ledger.ts'
import { asRefusal } from './refusals.ts'
import { insertTransfer, insertTransfers } from './store.ts'

const posted = ({ id }: Body, storedId: string | undefined): Posted => {
  if (storedId === undefined) throw new Error('the ledger gave no id')
  return { transferId: storedId, replayed: storedId !== id }
}

/**
 * Moves what the transfer says, in one round trip. The same (scope, key) with the same kind, line, legs and memo changes nothing and
 * is `replayed`.
 * Refuses with `insufficient_balance` (`accountId`, `unit`, `lacking`: by how much it would fall below the floor) and
 * `idempotency_key_reused`. Legs that do not sum to zero and accounts that are not open are a defect.
 */
export async function postTransfer(db: Executor, transfer: Transfer): Promise<Posted> {
  const body = bodyOf(transfer)
  return posted(body, await insertTransfer(db, body).catch(asRefusal))
}

/**
 * The same for many in one statement, all or nothing; gives one result a transfer, in their order. A balance must hold what all of
 * them together take from it.
 */
export async function postTransfers(db: Executor, transfers: readonly Transfer[]): Promise<Posted[]> {
  if (transfers.length === 0) return []
  const bodies = transfers.map(bodyOf)
  const ids = await insertTransfers(db, bodies).catch(asRefusal)
  return bodies.map((body, place) => posted(body, ids[place]))
}
