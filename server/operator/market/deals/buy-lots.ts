import type { MarketObstacle, MarketRules, Purchase } from '../../../../contracts/market.ts'
import { createBatcher } from '../../../platform/batcher.ts'
import { type Db, databaseProblem, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { By } from '../../edge/index.ts'
import { type Draft, findRoles, type RoleOnLine, workOnRestingLines } from '../../lines/index.ts'
import { itemsOf } from '../lots/end-lots.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { noteChanges } from '../store/book.ts'
import {
  type DealRow,
  dealsOfPurchases,
  insertDeals,
  type NewDeal,
  noteSales,
  type PurchaseRow,
  selectPurchases,
} from '../store/deals.ts'
import { type LotRow, lockLots, selectLots, sellLots } from '../store/lots.ts'
import { addToPairs, lockTraders, type PairRow, selectPairs, updateTraders } from '../store/traders.ts'
import { beginDay, countAct, type Trader } from '../traders/trader.ts'
import { digestOfPurchase } from './digest.ts'
import { judgePurchase, type Side } from './judge-purchase.ts'
import { letGoOn, makeDeal } from './make-deal.ts'
import { presentDeal } from './present-deal.ts'

export interface PurchaseAsk {
  /** Made by the buyer: a repeat buys once. */
  readonly id: string
  readonly lineId: string
  /** The lots with the versions that were seen. */
  readonly lots: readonly { readonly id: string; readonly version: number }[]
  /** What was agreed to. */
  readonly totalKopecks: number
  readonly by: Pick<By, 'kind' | 'fresh'>
}

/** Buys lots, all of one ask or none. */
export type BuyLots = (ask: PurchaseAsk) => Promise<Purchase>

/** As many purchases as one transaction carries. */
const MOST_TOGETHER = 64
/** While one transaction is in the database the next is decided here; they meet at the locks of lines, which all take in one order. */
const ABREAST = 2
/** Fewer are answered sooner by the next transaction than by one of their own. */
const CROWD = 16

/**
 * The Market's counter. Purchases that come while a transaction is under way share the next one: each is decided by itself, one after the
 * other, under the locks of all their lines and lots; what one of them breaks is not the others' trouble.
 * Refuses with `not_found` (line), `market_refused` (`obstacles`; `lots`: how those stand that were seen otherwise),
 * `fresh_code_required`, `rate_limited` (too many acts), `idempotency_key_reused`.
 */
export function createCounter(db: Db, market: MarketContext): BuyLots {
  const batcher = createBatcher<PurchaseAsk, Purchase | Error>(
    async (asks) => {
      try {
        return await buyTogether(db, market, asks)
      } catch (error) {
        if (asks.length === 1 || databaseProblem(error)) throw error
        return buyApart(db, market, asks)
      }
    },
    { maxBatch: MOST_TOGETHER, abreast: ABREAST, crowd: CROWD },
  )
  return async (ask) => {
    const outcome = await batcher.add(ask)
    if (outcome instanceof Error) throw outcome
    return outcome
  }
}

/** What went wrong together is done one by one: it goes wrong for one of them. */
async function buyApart(
  db: Db,
  market: MarketContext,
  asks: readonly PurchaseAsk[],
): Promise<(Purchase | Error)[]> {
  const outcomes: (Purchase | Error)[] = []
  for (const ask of asks) {
    try {
      outcomes.push(...(await buyTogether(db, market, [ask])))
    } catch (error) {
      outcomes.push(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return outcomes
}

/** Everything that a transaction of purchases has before it. */
interface Counter {
  readonly market: MarketContext
  readonly rules: MarketRules
  readonly now: Date
  readonly sides: ReadonlyMap<string, Side>
  readonly traders: ReadonlyMap<string, Trader>
  readonly lots: Map<string, LotRow>
  readonly pairs: Map<string, PairRow>
  readonly known: Map<string, PurchaseRow>
  readonly knownDeals: DealRow[]
  readonly deals: NewDeal[]
  readonly purchases: PurchaseRow[]
  readonly newPairs: Map<string, PairRow>
}

async function buyTogether(
  db: Db,
  market: MarketContext,
  asks: readonly PurchaseAsk[],
): Promise<(Purchase | Refusal)[]> {
  return inTransaction(db, async (tx) => {
    const wanted = [...new Set(asks.flatMap(({ lots }) => lots.map(({ id }) => id)))]
    // Whose lots they are never changes: their lines are locked before them.
    const seen = await selectLots(tx, wanted)
    const lineIds = [...new Set([...asks.map(({ lineId }) => lineId), ...seen.map(({ lineId }) => lineId)])]
    const { counter, outcomes } = await workOnRestingLines(tx, market.lines, lineIds, async (drafts) => {
      const open = await openCounter(tx, market, asks, { seen, wanted, drafts })
      const decided = asks.map((ask) => decide(open, ask))
      const numbers = await store(tx, open)
      const answers = decided.map((outcome) => (outcome instanceof Refusal ? outcome : outcome(numbers)))
      return { counter: open, outcomes: answers }
    })
    await tell(tx, counter)
    return outcomes
  })
}

async function openCounter(
  tx: Executor,
  market: MarketContext,
  asks: readonly PurchaseAsk[],
  {
    seen,
    wanted,
    drafts,
  }: {
    readonly seen: readonly LotRow[]
    readonly wanted: readonly string[]
    readonly drafts: readonly Draft[]
  },
): Promise<Counter> {
  const now = market.clock.now()
  const rules = await readRules(tx)
  const people = await findRoles(
    tx,
    market.lines,
    drafts.map(({ line }) => line.id),
  )
  const sides = new Map(drafts.flatMap((draft) => sideOf(draft, people.get(draft.line.id))))
  const buyers = asks.map(({ lineId }) => found(sides.get(lineId), 'line').holderId)
  // Sellers too: what two people dealt with each other, either way and on any of their numbers, is counted by one at a time.
  const rows = await lockTraders(tx, [...buyers, ...seen.map(({ sellerId }) => sellerId)], now)
  const traders = new Map([...rows].map(([id, row]): [string, Trader] => [id, { row, changed: false }]))
  const lots = new Map((await lockLots(tx, wanted)).map((lot) => [lot.id, lot]))
  const known = await selectPurchases(
    tx,
    asks.map(({ id }) => id),
  )
  const counter: Counter = {
    market,
    rules,
    now,
    sides,
    traders,
    lots,
    pairs: new Map(),
    known: new Map(known.map((row) => [row.id, row])),
    knownDeals:
      known.length === 0
        ? []
        : await dealsOfPurchases(
            tx,
            known.map(({ id }) => id),
          ),
    deals: [],
    purchases: [],
    newPairs: new Map(),
  }
  for (const pair of await selectPairs(tx, pairsOf(counter, asks))) counter.pairs.set(keyOf(pair), pair)
  return counter
}

function sideOf(draft: Draft, people: readonly RoleOnLine[] = []): [string, Side][] {
  const owner = people.find(({ role }) => role === 'owner')
  return owner ? [[draft.line.id, { draft, people, holderId: owner.partyId }]] : []
}

type PairName = Pick<PairRow, 'sellerId' | 'buyerId' | 'day'>
const keyOf = ({ sellerId, buyerId, day }: PairName) => `${sellerId} ${buyerId} ${day}`

/** Who meets whom here today; what went the other way counts as well. */
function pairsOf({ sides, traders, lots, now }: Counter, asks: readonly PurchaseAsk[]): PairName[] {
  const names = asks.flatMap((ask) => {
    const buyer = found(sides.get(ask.lineId), 'line')
    const trader = found(traders.get(buyer.holderId), 'trader')
    beginDay(trader, buyer.draft.line, now)
    const { day } = trader.row
    return ask.lots.flatMap(({ id }) => {
      const sellerId = lots.get(id)?.sellerId
      if (sellerId === undefined) return []
      const buyerId = buyer.holderId
      return [
        { sellerId, buyerId, day },
        { sellerId: buyerId, buyerId: sellerId, day },
      ]
    })
  })
  return [...new Map(names.map((name) => [keyOf(name), name])).values()]
}

/** Tells what to answer once the deals have their numbers. */
type Outcome = (numbers: ReadonlyMap<string, number>) => Purchase

/** Decides one purchase and moves what it moves, in memory. */
function decide(counter: Counter, ask: PurchaseAsk): Outcome | Refusal {
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
  const rows = names.flatMap((name) => [pairs.get(keyOf(name)), newPairs.get(keyOf(name))])
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
  const { market, now, rules } = counter
  const row: PurchaseRow = { id: ask.id, lineId: ask.lineId, digest: digestOfPurchase(ask) }
  const made = wanted.map(({ lot, seller }): NewDeal => {
    const { id: lotId, type, units, priceKopecks, sellerName } = lot
    const { bucketId, feeKopecks, usableUntil } = makeDeal(buyer.draft, seller.draft, lot, rules, now)
    const id = newId(market.clock)
    counter.lots.set(lotId, { ...lot, state: 'sold', dealId: id })
    notePair(counter, { sellerId: lot.sellerId, buyerId: buyer.holderId, day: trader.row.day }, priceKopecks)
    return {
      id,
      purchaseId: ask.id,
      lotId,
      type,
      units,
      priceKopecks,
      feeKopecks,
      sellerLineId: lot.lineId,
      sellerId: lot.sellerId,
      sellerName,
      buyerLineId: ask.lineId,
      buyerId: buyer.holderId,
      bucketId,
      at: now,
      usableUntil,
    }
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

function notePair({ newPairs }: Counter, name: PairName, kopecks: number): void {
  const before = newPairs.get(keyOf(name))
  newPairs.set(keyOf(name), {
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

/** Stores what was decided; the lines' own part is stored with them. */
async function store(tx: Executor, counter: Counter): Promise<Map<string, number>> {
  const { deals, now, rules, traders } = counter
  await updateTraders(
    tx,
    [...traders.values()].filter(({ changed }) => changed).map(({ row }) => row),
  )
  if (deals.length === 0) return new Map()
  for (const lineId of new Set(deals.map(({ sellerLineId }) => sellerLineId))) {
    letGoOn({ draft: found(counter.sides.get(lineId), 'line').draft, now })
  }
  await sellLots(
    tx,
    deals.map(({ id, lotId }) => ({ lotId, dealId: id })),
    now,
  )
  const numbers = await insertDeals(tx, counter.purchases, deals, now)
  await addToPairs(tx, [...counter.newPairs.values()])
  await noteChanges(
    tx,
    deals.map(({ type, units, priceKopecks }) => ({ type, units, priceKopecks, lots: -1 })),
  )
  await noteSales(tx, salesOf(deals), { now, everyMs: rules.digestMinutes * 60_000 })
  return numbers
}

async function tell(tx: Executor, { market, deals, purchases }: Counter): Promise<void> {
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
