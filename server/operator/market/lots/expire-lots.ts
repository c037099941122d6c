import type { Db, Executor } from '../../../platform/database/index.ts'
import { type OnDefect, workAlone } from '../../../platform/jobs/index.ts'
import { workOnLine } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { linesWithDue, lockActive } from '../store/lots.ts'
import { endLots, tellReturned } from './end-lots.ts'

const TYPES = ['data', 'voice', 'sms'] as const
const LOTS_AT_A_TIME = 200
const WORK = 'lots'

/**
 * Gives back what was not sold in its days, a line a transaction: one that fails is set aside and keeps no other waiting. Gives how many lines
 * it looked at. For a loop.
 * @param onDefect told why a line was set aside
 */
export async function expireLots(
  db: Db,
  market: MarketContext,
  onDefect: OnDefect,
  limit = LOTS_AT_A_TIME,
): Promise<number> {
  const lineIds = await linesWithDue(db, market.clock.now(), { work: WORK, limit })
  for (const id of lineIds)
    await workAlone(db, market.clock, { work: WORK, id, does: (tx) => expire(tx, market, id) }, onDefect)
  return lineIds.length
}

function expire(tx: Executor, market: MarketContext, lineId: string): Promise<void> {
  return workOnLine(tx, market.lines, lineId, async (draft) => {
    const now = market.clock.now()
    for (const type of TYPES) {
      const active = await lockActive(tx, lineId, type)
      const due = active.filter((lot) => lot.endsAt <= now)
      if (due.length === 0) continue
      const ended = await endLots(tx, market, draft, due, { state: 'expired' })
      await tellReturned(tx, market, ended, 'expired')
    }
  })
}
