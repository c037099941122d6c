import type { MarketOnTimeline } from '../../../../contracts/market.ts'
import type { Db, Executor } from '../../../platform/database/index.ts'
import { type OnDefect, workOnDue } from '../../../platform/jobs/index.ts'
import { itemsOf } from '../lots/end-lots.ts'
import type { MarketContext } from '../market-context.ts'
import { claimSeller, claimSellers, type DealRow, selectDeals, takeSales } from '../store/deals.ts'

const SELLERS_AT_A_TIME = 50
const MOST_NAMED = 20
const WORK = 'sales'

/**
 * Puts sales on sellers' timelines: the first at once, what follows within the hour together, so that forty lots are not forty messages.
 * Gives how many sellers it looked at. One of whom that fails does not hold up the others (see `workOnDue`).
 * @param onDefect told why the sales of one were set aside
 */
export function tellSellers(db: Db, market: MarketContext, onDefect: OnDefect): Promise<number> {
  return workOnDue(
    db,
    market.clock,
    {
      work: WORK,
      claim: (tx, now) => claimSellers(tx, now, { work: WORK, limit: SELLERS_AT_A_TIME }),
      claimOne: claimSeller,
      does: (tx, lineIds, now) => tell(tx, market, lineIds, now),
    },
    onDefect,
  )
}

async function tell(
  tx: Executor,
  market: MarketContext,
  lineIds: readonly string[],
  now: Date,
): Promise<void> {
  const deals = await selectDeals(tx, await takeSales(tx, lineIds, now))
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
}

const soldEvent = (sold: readonly DealRow[]): MarketOnTimeline => ({
  event: 'sold',
  items: itemsOf(sold),
  kopecks: sold.reduce((sum, { priceKopecks, feeKopecks }) => sum + priceKopecks - feeKopecks, 0),
  dealIds: sold.slice(-MOST_NAMED).map(({ id }) => id),
  why: null,
})
