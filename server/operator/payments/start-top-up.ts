import type { TopUp } from '../../../contracts/payments.ts'
import type { Db } from '../../platform/database/index.ts'
import { found } from '../../platform/refusal.ts'
import type { By, TopUpAsk } from '../edge/index.ts'
import { placeOrder } from '../orders/index.ts'
import { askAboutOne } from './ask-provider.ts'
import type { PaymentsContext } from './payments-context.ts'
import { findTopUp } from './read-payments.ts'
import { directReceipt } from './store.ts'

/**
 * Begins to bring money to a line: an order, and the payment behind it. The provider is asked before this answers, so that the person is
 * sent there at once; if it does not answer, the payment is `created` and goes on in the background. A repeat begins it once.
 * Refuses with `not_found`, `forbidden`, `order_refused` (`conflicts`: limits, line-state), `idempotency_key_reused`, `unavailable`.
 */
export async function startTopUp(
  db: Db,
  payments: PaymentsContext,
  by: By,
  { id, lineId, amountKopecks, automatic, receiptTo }: TopUpAsk,
): Promise<TopUp> {
  const request = { kind: 'top-up', amountKopecks, ...(automatic && { automatic }) } as const
  await placeOrder(db, payments.orders, by, { id, lineId, request })
  if (receiptTo !== undefined) await directReceipt(db, id, receiptTo)
  // Nothing leaves before the commit: in somebody else's transaction the loop asks after it.
  if (!db.isTransaction) await askAboutOne(db, payments, id)
  return found(await findTopUp(db, id), 'top-up')
}
