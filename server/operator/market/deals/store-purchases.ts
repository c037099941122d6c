import type { Executor } from '../../../platform/database/index.ts'
import { itemsOf } from '../lots/end-lots.ts'
import { noteChanges } from '../store/book.ts'
import { insertDeals, type NewDeal, noteSales, type PurchaseRow } from '../store/deals.ts'
import { sellLots } from '../store/lots.ts'
import { addToPairs, updateTraders } from '../store/traders.ts'
import type { Counter } from './open-counter.ts'

/** Stores what was decided, in one trip with the lines' own part. Gives the numbers of the deals, by id. */
export async function storePurchases(
  flight: Executor,
  counter: Counter,
): Promise<ReadonlyMap<string, number>> {
  const { deals, now, rules, traders } = counter
  const acted = [...traders.values()].filter(({ changed }) => changed).map(({ row }) => row)
  if (deals.length === 0) {
    await updateTraders(flight, acted)
    return new Map()
  }
  const sold = deals.map(({ id, lotId }) => ({ lotId, dealId: id }))
  const fewer = deals.map(({ type, units, priceKopecks }) => ({ type, units, priceKopecks, lots: -1 }))
  const [numbers] = await Promise.all([
    insertDeals(flight, counter.purchases, deals, now),
    updateTraders(flight, acted),
    sellLots(flight, sold, now),
    addToPairs(flight, [...counter.newPairs.values()]),
    noteChanges(flight, fewer),
    noteSales(flight, salesOf(deals), { now, everyMs: rules.digestMinutes * 60_000 }),
  ])
  return numbers
}

/** Puts purchases on the buyers' timelines and has screens look at the book again. */
export async function tellOfPurchases(tx: Executor, { market, deals, purchases }: Counter): Promise<void> {
  if (deals.length === 0) return
  const happenings = purchases.map((one) => bought(one, deals))
  await market.announce(tx, { kind: 'market-happened', happenings })
  await market.announce(tx, { kind: 'book-changed', sizes: deals })
}

function salesOf(deals: readonly NewDeal[]) {
  const byLine = new Map<string, string[]>()
  for (const { sellerLineId, id } of deals)
    byLine.set(sellerLineId, [...(byLine.get(sellerLineId) ?? []), id])
  return [...byLine].map(([lineId, dealIds]) => ({ lineId, dealIds }))
}

function bought({ id, lineId }: PurchaseRow, all: readonly NewDeal[]) {
  const deals = all.filter(({ purchaseId }) => purchaseId === id)
  return {
    lineId,
    name: `bought:${id}`,
    what: {
      event: 'bought',
      items: itemsOf(deals),
      kopecks: -deals.reduce((sum, { priceKopecks }) => sum + priceKopecks, 0),
      dealIds: deals.map((deal) => deal.id),
      why: null,
    },
  } as const
}
