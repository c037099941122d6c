import type { ConsoleDeal, DealReceipt } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { pageOf, readTimeCursor, timeCursor } from '../../../platform/pages.ts'
import { found } from '../../../platform/refusal.ts'
import type { Page, PageAsk } from '../../edge/index.ts'
import { numbersOf } from '../../lines/index.ts'
import { holderOf } from '../lots/seller.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { type DealFilter, type DealRow, selectDeal, selectNewestDeals } from '../store/deals.ts'
import { presentDeal, presentForConsole } from './present-deal.ts'

/** What a line bought or sold while it was its holder's of now, newest first. Refuses with `not_found`, `invalid_request` (a strange cursor). */
export async function listDealsOfLine(
  db: Executor,
  market: MarketContext,
  lineId: string,
  { side, ...ask }: PageAsk & { readonly side: DealReceipt['side'] },
): Promise<Page<DealReceipt>> {
  const holder = await holderOf(db, market.lines, { id: lineId })
  const filter =
    side === 'bought'
      ? { buyerId: holder.id, buyerLineId: lineId }
      : { sellerId: holder.id, sellerLineId: lineId }
  const { items, next } = await pageOfDeals(db, filter, ask)
  return { items: items.map((deal) => presentDeal(deal, side)), next }
}

/** A receipt for the line of one of its sides, if it was its holder's of now. Refuses with `not_found`. */
export async function readReceipt(
  db: Executor,
  market: MarketContext,
  lineId: string,
  dealId: string,
): Promise<DealReceipt> {
  const holder = await holderOf(db, market.lines, { id: lineId })
  const deal = found(await selectDeal(db, dealId), 'deal')
  if (deal.buyerLineId === lineId && deal.buyerId === holder.id) return presentDeal(deal, 'bought')
  const sold = deal.sellerLineId === lineId && deal.sellerId === holder.id
  return presentDeal(found(sold ? deal : undefined, 'deal'), 'sold')
}

/** Deals for the staff, newest first; numbers in the clear. Refuses a strange cursor with `invalid_request`. */
export async function listDeals(
  db: Executor,
  filter: DealFilter,
  ask: PageAsk,
): Promise<Page<Omit<ConsoleDeal, 'waits'>>> {
  const { reversalDays } = await readRules(db)
  const { items, next } = await pageOfDeals(db, filter, ask)
  const numbers = await numbersOf(
    db,
    items.flatMap(({ sellerLineId, buyerLineId }) => [sellerLineId, buyerLineId]),
  )
  return { items: items.map((deal) => presentForConsole(deal, reversalDays, numbers)), next }
}

async function pageOfDeals(
  db: Executor,
  filter: DealFilter,
  { after, limit }: PageAsk,
): Promise<Page<DealRow>> {
  const rows = await selectNewestDeals(db, filter, readTimeCursor(after), limit + 1)
  return pageOf(rows, limit, timeCursor)
}
