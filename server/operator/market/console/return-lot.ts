import type { Db } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { endLots, tellReturned } from '../lots/end-lots.ts'
import { workOnLot } from '../lots/own-lot.ts'
import type { MarketContext } from '../market-context.ts'
import type { LotRow } from '../store/lots.ts'
import type { Noted } from './freeze.ts'

/** The operator gives a lot's volume back to its seller, for good. Refuses with `not_found`, `conflict` (`state`: it has ended). */
export function returnLot(db: Db, market: MarketContext, id: string, noted: Noted<LotRow>): Promise<LotRow> {
  return workOnLot(db, market, id, async ({ tx, draft, lot }) => {
    if (lot.state !== 'active') throw new Refusal('conflict', { state: lot.state })
    const closed = await endLots(tx, market, draft, [lot], { state: 'returned', returned: 'operator' })
    await tellReturned(tx, market, closed, 'operator')
    const after = found(closed[0], 'lot')
    await noted(tx, lot, after)
    return after
  })
}
