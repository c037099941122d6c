/**
 * The Market: subscribers sell and buy what is left of their packages. Volumes are whole units: gigabytes (1024³ bytes), minutes, SMS.
 * A lot is sold whole. Prices are of the whole lot, in kopecks.
 */
export { MarketBook, MarketHistory, MarketTier } from './market/book.ts'
export { marketConsole } from './market/console-routes.ts'
export { DealReceipt, MarketOnTimeline, MarketQuote, Purchase } from './market/deals.ts'
export {
  ConsoleDeal,
  ConsoleLot,
  DealAtDesk,
  MarketOverview,
  Trader,
} from './market/looking-after.ts'
export { LotReturn, LotState, MarketLot, Mood, MyLot } from './market/lots.ts'
export { MarketRules, MarketRulesVersion } from './market/rules.ts'
export { MarketAdvice, MarketObstacle, MarketReason, Sellable } from './market/selling.ts'
export { market } from './market/trading-routes.ts'
export { MARKET_UNIT } from './market/units.ts'
