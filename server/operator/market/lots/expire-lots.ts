import { type Db, inTransaction } from '../../../platform/database/index.ts'
import { workOnLine } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { linesWithDue, lockActive } from '../store/lots.ts'
import { endLots, tellReturned } from './end-lots.ts'

const TYPES = ['data', 'voice', 'sms'] as const
const LOTS_AT_A_TIME = 200

/**
 * Gives back what was not sold in its days, a line a transaction: one that fails is told and keeps no other waiting. Gives how many lines it
 * worked on; those that failed do not count.
 */
export async function expireLots(
  db: Db,
  market: MarketContext,
  onError: (error: unknown) => void,
): Promise<number> {
  let done = 0
  for (const lineId of await linesWithDue(db, market.clock.now(), LOTS_AT_A_TIME)) {
    try {
      await inTransaction(db, (tx) =>
        workOnLine(tx, market.lines, lineId, async (draft) => {
          const now = market.clock.now()
          for (const type of TYPES) {
            const active = await lockActive(tx, lineId, type)
            const due = active.filter((lot) => lot.endsAt <= now)
            if (due.length === 0) continue
            await tellReturned(
              tx,
              market,
              await endLots(tx, market, draft, due, { state: 'expired' }),
              'expired',
            )
          }
        }),
      )
      done += 1
    } catch (error) {
      onError(error)
    }
  }
  return done
}
