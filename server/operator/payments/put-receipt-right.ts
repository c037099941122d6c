import type { TopUp } from '../../../contracts/payments.ts'
import { type Db, type Executor, inTransaction } from '../../platform/database/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import type { PaymentsContext } from './payments-context.ts'
import { presentTopUp } from './read-payments.ts'
import { isReceiptMissing, lockPayment, markReceiptRighted } from './store.ts'

export interface ReceiptRighted {
  /** The payment's. */
  readonly id: string
  /** How: the receipt's number, where it was issued. */
  readonly how: string
  /** The name of who did it. */
  readonly by: string
}

/**
 * Notes that a person issued the receipt that the provider did not register; for the payer it is issued. A repeat changes nothing.
 * Refuses with `not_found`, `conflict` (the receipt is not missing).
 * @param note keeps for the audit what was changed, in the same transaction
 */
export function putReceiptRight(
  db: Db,
  { clock }: Pick<PaymentsContext, 'clock'>,
  righted: ReceiptRighted,
  note: (tx: Executor) => Promise<void>,
): Promise<TopUp> {
  return inTransaction(db, async (tx) => {
    const row = found(await lockPayment(tx, righted.id), 'top-up')
    if (row.receiptRightedAt === null) {
      if (!(await isReceiptMissing(tx, row.id))) throw new Refusal('conflict', { what: 'receipt' })
      await markReceiptRighted(tx, righted, clock.now())
      await note(tx)
    }
    return presentTopUp(found(await lockPayment(tx, righted.id), 'top-up'))
  })
}
