import type { MarketRules } from '../../../../contracts/market.ts'
import { type Executor, together } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { type Draft, dayOf, findRoles, type RoleOnLine } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import {
  type DealRow,
  dealsOfPurchases,
  type NewDeal,
  type PurchaseRow,
  selectPurchases,
} from '../store/deals.ts'
import { type LotOwner, type LotRow, lockLots } from '../store/lots.ts'
import { lockTraders, type PairName, type PairRow, selectPairs } from '../store/traders.ts'
import { beginDay, type Trader } from '../traders/trader.ts'
import type { Side } from './judge-purchase.ts'
import type { PurchaseAsk } from './purchase-ask.ts'

/** Everything that a transaction of purchases has before it, and what comes of it. */
export interface Counter {
  readonly market: MarketContext
  readonly rules: MarketRules
  readonly now: Date
  /** Buyers and sellers, by line. */
  readonly sides: ReadonlyMap<string, Side>
  readonly traders: ReadonlyMap<string, Trader>
  readonly lots: Map<string, LotRow>
  /** What was dealt before this transaction, by `keyOfPair`. */
  readonly pairs: ReadonlyMap<string, PairRow>
  readonly known: Map<string, PurchaseRow>
  readonly knownDeals: readonly DealRow[]
  readonly deals: NewDeal[]
  readonly purchases: PurchaseRow[]
  readonly newPairs: Map<string, PairRow>
}

/** What is read in one trip with the lines, under their locks. */
export interface BesideLines {
  readonly rules: MarketRules
  readonly people: ReadonlyMap<string, readonly RoleOnLine[]>
  /** Purchases that had been made before under the same ids. */
  readonly known: readonly PurchaseRow[]
}

export async function readBesideLines(
  flight: Executor,
  market: MarketContext,
  asks: readonly PurchaseAsk[],
  lineIds: readonly string[],
): Promise<BesideLines> {
  const [rules, people, known] = await Promise.all([
    readRules(flight),
    findRoles(flight, market.lines, lineIds),
    selectPurchases(
      flight,
      asks.map(({ id }) => id),
    ),
  ])
  return { rules, people, known }
}

interface Read extends BesideLines {
  /** Read before anything was locked. */
  readonly seen: readonly LotOwner[]
  readonly wanted: readonly string[]
  readonly drafts: readonly Draft[]
}

/** Locks traders and lots, and reads what was dealt between them; the lines are locked. Refuses with `not_found` (line). */
export async function openCounter(
  tx: Executor,
  market: MarketContext,
  asks: readonly PurchaseAsk[],
  { rules, people, known, seen, wanted, drafts }: Read,
): Promise<Counter> {
  const now = market.clock.now()
  const sides = new Map(drafts.flatMap((draft) => sideOf(draft, people.get(draft.line.id))))
  const buyers = new Map(asks.map((ask) => [ask.lineId, found(sides.get(ask.lineId), 'line')]))
  // Sellers too: what two people dealt with each other, either way and on any of their numbers, is counted by one at a time.
  const parties = [
    ...[...buyers.values()].map(({ holderId }) => holderId),
    ...seen.map(({ sellerId }) => sellerId),
  ]
  const [locked, lots, pairs] = await together(tx, (flight) => [
    lockTraders(flight, parties, now),
    lockLots(flight, wanted),
    selectPairs(flight, pairsOf(buyers, seen, asks, now)),
  ])
  const traders = new Map([...locked].map(([id, row]): [string, Trader] => [id, { row, changed: false }]))
  for (const { holderId, draft } of buyers.values())
    beginDay(found(traders.get(holderId), 'trader'), draft.line, now)
  const knownIds = known.map(({ id }) => id)
  return {
    market,
    rules,
    now,
    sides,
    traders,
    lots: new Map(lots.map((lot) => [lot.id, lot])),
    pairs: new Map(pairs.map((pair) => [keyOfPair(pair), pair])),
    known: new Map(known.map((row) => [row.id, row])),
    knownDeals: knownIds.length === 0 ? [] : await dealsOfPurchases(tx, knownIds),
    deals: [],
    purchases: [],
    newPairs: new Map(),
  }
}

function sideOf(draft: Draft, people: readonly RoleOnLine[] = []): [string, Side][] {
  const owner = people.find(({ role }) => role === 'owner')
  return owner ? [[draft.line.id, { draft, people, holderId: owner.partyId }]] : []
}

export const keyOfPair = ({ sellerId, buyerId, day }: PairName) => `${sellerId} ${buyerId} ${day}`

/**
 * Who meets whom here today; what went the other way counts as well. A trader's day may be a later one than their line's (another of their
 * numbers is further east): from today on, then.
 */
function pairsOf(
  buyers: ReadonlyMap<string, Side>,
  seen: readonly LotOwner[],
  asks: readonly PurchaseAsk[],
  now: Date,
): PairName[] {
  const sellers = new Map(seen.map(({ id, sellerId }) => [id, sellerId]))
  const names = asks.flatMap(({ lineId, lots }) => {
    const { holderId: buyerId, draft } = found(buyers.get(lineId), 'line')
    const day = dayOf(draft.line.timeZone, now)
    return lots.flatMap(({ id }) => {
      const sellerId = sellers.get(id)
      if (sellerId === undefined) return []
      return [
        { sellerId, buyerId, day },
        { sellerId: buyerId, buyerId: sellerId, day },
      ]
    })
  })
  return [...new Map(names.map((name) => [keyOfPair(name), name])).values()]
}
