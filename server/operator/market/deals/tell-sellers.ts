import type { MarketOnTimeline } from '../../../../contracts/market.ts'
import { type Db, inTransaction } from '../../../platform/database/index.ts'
import { itemsOf } from '../lots/end-lots.ts'
import type { MarketContext } from '../market-context.ts'
import { type DealRow, selectDeals, takeSales } from '../store/deals.ts'

const SELLERS_AT_A_TIME = 50
const MOST_NAMED = 20

/**
 * Puts sales on sellers' timelines: the first at once, what follows within the hour together, so that forty lots are not forty messages.
 * Gives how many sellers were told.
 */
export function tellSellers(db: Db, market: MarketContext): Promise<number> {
  return inTransaction(db, async (tx) => {
    const now = market.clock.now()
    const sales = await takeSales(tx, now, SELLERS_AT_A_TIME)
    if (sales.length === 0) return 0
    const deals = await selectDeals(
      tx,
      sales.flatMap(({ dealIds }) => dealIds),
    )
    const bySeller = new Map<string, DealRow[]>()
    for (const deal of deals) {
      bySeller.set(deal.sellerLineId, [...(bySeller.get(deal.sellerLineId) ?? []), deal])
    }
    const happenings = [...bySeller].map(([lineId, sold]) => ({
      lineId,
      name: `sold:${sold[0]?.id}`,
      what: soldEvent(sold),
    }))
    await market.announce(tx, { kind: 'market-happened', happenings })
    return sales.length
  })
}

const soldEvent = (sold: readonly DealRow[]): MarketOnTimeline => ({
  event: 'sold',
  items: itemsOf(sold),
  kopecks: sold.reduce((sum, { priceKopecks, feeKopecks }) => sum + priceKopecks - feeKopecks, 0),
  dealIds: sold.slice(-MOST_NAMED).map(({ id }) => id),
  why: null,
})
