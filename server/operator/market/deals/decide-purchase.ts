import type { MarketObstacle, Purchase } from '../../../../contracts/market.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { DealRow, NewDeal, PurchaseRow } from '../store/deals.ts'
import type { LotRow } from '../store/lots.ts'
import type { PairName } from '../store/traders.ts'
import { countAct, type Trader } from '../traders/trader.ts'
import { digestOfPurchase } from './digest.ts'
import { judgePurchase, type Side } from './judge-purchase.ts'
import { letGoOn, makeDeal } from './make-deal.ts'
import { type Counter, keyOfPair } from './open-counter.ts'
import { presentDeal } from './present-deal.ts'
import type { PurchaseAsk } from './purchase-ask.ts'

/** Tells what to answer once the deals have their numbers. */
export type Outcome = (numbers: ReadonlyMap<string, number>) => Purchase

/** Decides one purchase and moves what it moves, in memory. */
export function decidePurchase(counter: Counter, ask: PurchaseAsk): Outcome | Refusal {
  const known = counter.known.get(ask.id)
  if (known) return repeated(counter, known, ask)
  const { rules, now } = counter
  if (ask.by.kind === 'subscriber' && !ask.by.fresh && ask.totalKopecks >= rules.freshCodeFromKopecks)
    return new Refusal('fresh_code_required')
  const buyer = found(counter.sides.get(ask.lineId), 'line')
  const trader = found(counter.traders.get(buyer.holderId), 'trader')
  const retryAfterMs = countAct(trader, rules, now)
  if (retryAfterMs > 0) return new Refusal('rate_limited', { retryAfterMs })
  const { wanted, unknown } = wantedOf(counter, ask)
  const pair = (sellerId: string) => dealtToday(counter, sellerId, buyer.holderId, trader.row.day)
  const purchasing = { buyer, trader, wanted, unknown, pair, totalKopecks: ask.totalKopecks }
  const { obstacles, changed } = judgePurchase(purchasing, rules, now)
  if (obstacles.length > 0) return refuse(obstacles, changed)
  return make(counter, ask, { buyer, trader, wanted })
}

/** What waits for money on the sellers' lines goes on, once all their deals are made. */
export function letSellersGoOn({ deals, sides, now }: Counter): void {
  for (const lineId of new Set(deals.map(({ sellerLineId }) => sellerLineId)))
    letGoOn({ draft: found(sides.get(lineId), 'line').draft, now })
}

const refuse = (obstacles: readonly MarketObstacle[], lots: readonly unknown[]) =>
  new Refusal('market_refused', { obstacles, lots })

function repeated({ knownDeals, deals }: Counter, known: PurchaseRow, ask: PurchaseAsk): Outcome | Refusal {
  if (!known.digest.equals(digestOfPurchase(ask)))
    return new Refusal('idempotency_key_reused', { id: ask.id })
  const stored = knownDeals.filter(({ purchaseId }) => purchaseId === ask.id)
  // The same ask twice in one transaction: its deals have no numbers yet.
  const fresh = deals.filter(({ purchaseId }) => purchaseId === ask.id)
  return (numbers) => answer(ask.id, [...stored, ...fresh.map((deal) => numbered(deal, numbers))])
}

function wantedOf({ lots, sides }: Counter, ask: PurchaseAsk) {
  const wanted: { lot: LotRow; version: number; seller: Side }[] = []
  const unknown: string[] = []
  for (const { id, version } of ask.lots) {
    const lot = lots.get(id)
    const seller = lot && sides.get(lot.lineId)
    if (lot && seller) wanted.push({ lot, version, seller })
    else unknown.push(id)
  }
  return { wanted, unknown }
}

/** In either direction, with what this transaction has made of it. */
function dealtToday({ pairs, newPairs }: Counter, a: string, b: string, day: string) {
  const names = [
    { sellerId: a, buyerId: b, day },
    { sellerId: b, buyerId: a, day },
  ]
  const rows = names.flatMap((name) => [pairs.get(keyOfPair(name)), newPairs.get(keyOfPair(name))])
  return {
    deals: rows.reduce((sum, row) => sum + (row?.deals ?? 0), 0),
    kopecks: rows.reduce((sum, row) => sum + (row?.kopecks ?? 0), 0),
  }
}

interface Making {
  readonly buyer: Side
  readonly trader: Trader
  readonly wanted: readonly { readonly lot: LotRow; readonly seller: Side }[]
}

function make(counter: Counter, ask: PurchaseAsk, { buyer, trader, wanted }: Making): Outcome {
  const row: PurchaseRow = { id: ask.id, lineId: ask.lineId, digest: digestOfPurchase(ask) }
  const made = wanted.map(({ lot, seller }) => {
    const deal = sell(counter, ask, { buyer, lot, seller })
    counter.lots.set(lot.id, { ...lot, state: 'sold', dealId: deal.id })
    const pair = { sellerId: lot.sellerId, buyerId: buyer.holderId, day: trader.row.day }
    notePair(counter, pair, lot.priceKopecks)
    return deal
  })
  trader.row = {
    ...trader.row,
    bought: trader.row.bought + made.length,
    spentKopecks: trader.row.spentKopecks + ask.totalKopecks,
  }
  counter.known.set(ask.id, row)
  counter.purchases.push(row)
  counter.deals.push(...made)
  return (numbers) =>
    answer(
      ask.id,
      made.map((deal) => numbered(deal, numbers)),
    )
}

function sell(
  { market, rules, now }: Counter,
  ask: PurchaseAsk,
  { buyer, lot, seller }: Pick<Making, 'buyer'> & Making['wanted'][number],
): NewDeal {
  const { id: lotId, type, units, priceKopecks, sellerName, sellerId, lineId: sellerLineId } = lot
  const { bucketId, feeKopecks, usableUntil } = makeDeal(buyer.draft, seller.draft, lot, rules, now)
  return {
    id: newId(market.clock),
    purchaseId: ask.id,
    lotId,
    type,
    units,
    priceKopecks,
    feeKopecks,
    sellerLineId,
    sellerId,
    sellerName,
    buyerLineId: ask.lineId,
    buyerId: buyer.holderId,
    bucketId,
    at: now,
    usableUntil,
  }
}

function notePair({ newPairs }: Counter, name: PairName, kopecks: number): void {
  const before = newPairs.get(keyOfPair(name))
  newPairs.set(keyOfPair(name), {
    ...name,
    deals: (before?.deals ?? 0) + 1,
    kopecks: (before?.kopecks ?? 0) + kopecks,
  })
}

const numbered = (deal: NewDeal, numbers: ReadonlyMap<string, number>): DealRow => ({
  ...deal,
  number: found(numbers.get(deal.id), 'deal'),
  reversedAt: null,
  reversedKopecks: null,
})

const answer = (id: string, deals: readonly DealRow[]): Purchase => ({
  id,
  totalKopecks: deals.reduce((sum, { priceKopecks }) => sum + priceKopecks, 0),
  deals: deals.map((deal) => presentDeal(deal, 'bought')),
})
