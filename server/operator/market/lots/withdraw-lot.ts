import type { MyLot } from '../../../../contracts/market.ts'
import type { Db } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { updateTraders } from '../store/traders.ts'
import { requirePace } from '../traders/trader.ts'
import { endLots } from './end-lots.ts'
import { requireThere, workOnLot } from './own-lot.ts'
import { presentMyLot } from './present-lot.ts'

/**
 * Takes a lot back: its volume is in the package again. Once withdrawn it stays so: a repeat changes nothing.
 * Refuses with `not_found`, `market_refused` (lot-gone), `rate_limited`.
 */
export function withdrawLot(db: Db, market: MarketContext, lotId: string): Promise<MyLot> {
  return workOnLot(db, market, lotId, async (own) => {
    const { tx, draft, trader, lot, now } = own
    const rules = await readRules(tx)
    if (lot.state === 'withdrawn') return presentMyLot(lot, rules, now)
    requireThere(own)
    requirePace(trader, rules, now)
    await updateTraders(tx, [trader.row])
    const [ended] = await endLots(tx, market, draft, [lot], { state: 'withdrawn' })
    return presentMyLot(found(ended, 'lot'), rules, now)
  })
}
