/**
 * The Market: subscribers sell what is left of the period's package to each other.
 *
 * - A lot's volume leaves the package when it is listed and stands on the line's hold, where nobody can use it. Every unit is in a package,
 *   on a hold or in a buyer's bucket; each lot has exactly one end, which the database enforces.
 * - A deal is one transaction and one transfer under the lot's name: money to the seller less a fee, volume into a bucket of its own that
 *   ends by itself and cannot be sold again. What is bought is the version that was seen, or nothing.
 * - The best unit price comes first, then who was first. Re-listing gains no place; raises are few and take turns.
 * - Locks: lines in the order of their ids, then traders, then lots, likewise. Deals share transactions: `createCounter`.
 * - A hold that its line releases (end of the period, another tariff, a block) is told as `volume-released`: its lots are closed in the same
 *   transaction (`hearOfVolume`).
 * - Announces `market-happened` (timelines), `book-changed` (screens). All figures are rules in versions.
 */
export { type AdviceAsk, adviseSale } from './book/advise.ts'
export { readHistory } from './book/history.ts'
export { type QuoteAsk, quote } from './book/quote.ts'
export { readBook } from './book/read-book.ts'
export { rollUpBook, rollUpHours } from './book/roll-up.ts'
export { createSharedBook, FIRST_PAGE, type SharedBook } from './book/shared-book.ts'
export { type Freezing, freezeLot, freezeTrader } from './console/freeze.ts'
export {
  findTraderByNumber,
  listBook,
  listLots,
  presentLots,
  readOverview,
  readTrader,
} from './console/overview.ts'
export { returnLot } from './console/return-lot.ts'
export { eraseFromMarket, exportMarket } from './data-of-party.ts'
export { type BuyLots, createCounter } from './deals/counter.ts'
export type { PurchaseAsk } from './deals/purchase-ask.ts'
export { listDeals, listDealsOfLine, readReceipt } from './deals/read-deals.ts'
export {
  appraiseReversal,
  judgeReversal,
  linesOfDeal,
  type Reversal,
  reverseDeal,
} from './deals/reverse-deal.ts'
export { tellSellers } from './deals/tell-sellers.ts'
export { forgetTrades } from './forget-trades.ts'
export { changeLot, type LotChange } from './lots/change-lot.ts'
export { expireLots } from './lots/expire-lots.ts'
export { hearOfVolume } from './lots/hear-lines.ts'
export { listLot, type NewLot } from './lots/list-lot.ts'
export { type Raise, raiseLot } from './lots/raise-lot.ts'
export { lineOfLot, listMyLots, packageEndsAt, readLot, readSellable } from './lots/read-lots.ts'
export { withdrawLot } from './lots/withdraw-lot.ts'
export type { MarketContext } from './market-context.ts'
export { DEFAULT_MARKET_RULES } from './rules/default-rules.ts'
export { publishRules } from './rules/publish-rules.ts'
export { listRules, type RulesVersion, readRules, readRulesVersion } from './rules/read-rules.ts'
