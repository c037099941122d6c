import type { Mood, MyLot } from '../../../../contracts/market.ts'
import type { Db } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { MarketContext } from '../market-context.ts'
import { refuseObstacles } from '../refuse.ts'
import { readRules } from '../rules/read-rules.ts'
import { noteChanges } from '../store/book.ts'
import { updateLot } from '../store/lots.ts'
import { updateTraders } from '../store/traders.ts'
import { requirePace } from '../traders/trader.ts'
import { requireThere, workOnLot } from './own-lot.ts'
import { presentLot, presentMyLot } from './present-lot.ts'
import { judgeTerms } from './sellable.ts'

export interface LotChange {
  readonly id: string
  /** The version that the seller saw. */
  readonly version: number
  /** Left out: as it is. */
  readonly priceKopecks?: number | undefined
  readonly moods?: readonly Mood[] | undefined
  /** null = hidden. */
  readonly sellerName?: string | null | undefined
}

/**
 * Another price, other moods, another name. The volume never changes; the lot keeps its place in time, so that re-pricing back and forth
 * gains nothing. Who saw the old price cannot buy at it any more.
 * Refuses with `not_found`, `market_refused` (lot-gone, price), `conflict` (`current`: it changed meanwhile), `rate_limited`.
 */
export function changeLot(db: Db, market: MarketContext, change: LotChange): Promise<MyLot> {
  return workOnLot(db, market, change.id, async (own) => {
    const { tx, lot, trader, now } = own
    requireThere(own)
    if (lot.version !== change.version) throw new Refusal('conflict', { current: presentLot(lot, now) })
    const rules = await readRules(tx)
    requirePace(trader, rules, now)
    const { priceKopecks = lot.priceKopecks, moods = lot.moods, sellerName = lot.sellerName } = change
    if (priceKopecks !== lot.priceKopecks) refuseObstacles(judgeTerms({ ...lot, priceKopecks }, rules))
    await updateTraders(tx, [trader.row])
    const changed = await updateLot(tx, { id: lot.id, priceKopecks, moods: [...moods], sellerName })
    if (priceKopecks !== lot.priceKopecks && !lot.frozen) {
      const { type, units } = lot
      await noteChanges(tx, [
        { type, units, priceKopecks: lot.priceKopecks, lots: -1 },
        { type, units, priceKopecks, lots: 1 },
      ])
    }
    await market.announce(tx, { kind: 'book-changed', sizes: [lot] })
    return presentMyLot(changed, rules, now)
  })
}
