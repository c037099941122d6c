import { type Db, databaseProblem } from '../../platform/database/index.ts'
import { type Loop, startLoop } from '../../platform/loop.ts'
import { askAboutSome } from './ask-provider.ts'
import { chargeFalls } from './charge-falls.ts'
import type { PaymentsContext } from './payments-context.ts'
import { askAboutRefunds } from './refunds/ask-provider.ts'

const POLL_MS = 1_000

/**
 * Asks the provider for what was begun and about what stays open, and charges what falls: whatever callbacks are lost. Several nodes
 * share the work; a dead one's is taken over.
 */
export function startPayments(db: Db, payments: PaymentsContext): Loop {
  return startLoop({
    work: async () => {
      const charged = await chargeFalls(db, payments)
      const refunds = await askAboutRefunds(db, payments)
      return charged + refunds + (await askAboutSome(db, payments))
    },
    pollMs: POLL_MS,
    onError: (error) => {
      if (!databaseProblem(error)) payments.log.error({ err: error }, 'payments')
    },
  })
}
