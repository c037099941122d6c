import type { MarketLot, MarketObstacle, MarketRules } from '../../../../contracts/market.ts'
import type { Draft, RoleOnLine } from '../../lines/index.ts'
import { presentLot } from '../lots/present-lot.ts'
import { obstacle } from '../refuse.ts'
import type { LotRow } from '../store/lots.ts'
import type { PairRow } from '../store/traders.ts'
import type { Trader } from '../traders/trader.ts'

/** A line at a purchase, with whoever has it. */
export interface Side {
  readonly draft: Draft
  readonly people: readonly RoleOnLine[]
  readonly holderId: string
}

/** What of a line at a purchase decides. */
export type Judged = Pick<Side, 'people'> & { readonly draft: Pick<Draft, 'line'> }

/** A lot that is asked for, as it stands under its lock, and whose it is. */
export interface Wanted {
  readonly lot: LotRow
  /** The version that the buyer saw. */
  readonly version: number
  readonly seller: Pick<Side, 'people'>
}

/** Everything that decides whether somebody may buy lots. */
export interface Purchasing {
  readonly buyer: Judged
  readonly trader: Trader
  readonly wanted: readonly Wanted[]
  /** Lots that nobody knows. */
  readonly unknown: readonly string[]
  /** What buyer and seller dealt with each other today, in either direction. */
  readonly pair: (sellerId: string) => Pick<PairRow, 'deals' | 'kopecks'>
  readonly totalKopecks: number
}

/** What is in the way of a purchase, all of it, and how lots stand that are not as they were seen. */
export function judgePurchase(
  purchasing: Purchasing,
  rules: MarketRules,
  now: Date,
): {
  readonly obstacles: MarketObstacle[]
  readonly changed: (MarketLot & { readonly state: LotRow['state'] })[]
} {
  const { wanted, totalKopecks } = purchasing
  const unlike = wanted.filter(
    ({ lot, version }) => lot.version !== version || lot.frozen || isOver(lot, now),
  )
  const sum = wanted.reduce((all, { lot }) => all + lot.priceKopecks, 0)
  return {
    obstacles: [
      ...(rules.open ? [] : [obstacle('closed')]),
      ...ofLots(purchasing, now),
      ...(unlike.length === 0 && sum !== totalKopecks ? [obstacle('total', { kopecks: sum })] : []),
      ...ofBuyer(purchasing, rules, sum),
      ...ofPairs(purchasing, rules),
    ],
    changed: unlike.map(({ lot }) => ({ ...presentLot(lot, now), state: lot.state })),
  }
}

/** Sold, withdrawn, back with its seller, or about to be. */
const isOver = ({ state, endsAt }: LotRow, now: Date) => state !== 'active' || endsAt <= now

function ofLots({ wanted, unknown }: Purchasing, now: Date): MarketObstacle[] {
  return [
    ...unknown.map((lotId) => obstacle('lot-gone', { lotId })),
    ...wanted.flatMap(({ lot, version }) => {
      if (isOver(lot, now)) return [obstacle('lot-gone', { lotId: lot.id })]
      if (lot.frozen) return [obstacle('frozen', { lotId: lot.id })]
      return lot.version === version ? [] : [obstacle('lot-changed', { lotId: lot.id })]
    }),
  ]
}

const USES: readonly string[] = ['owner', 'user']

/** Do people who use one line use the other as well? */
export function shareSomebody(a: readonly RoleOnLine[], b: readonly RoleOnLine[]): boolean {
  const users = new Set(a.filter(({ role }) => USES.includes(role)).map(({ partyId }) => partyId))
  return b.some(({ role, partyId }) => USES.includes(role) && users.has(partyId))
}

function ofBuyer(
  { buyer, trader: { row }, wanted }: Purchasing,
  { limits }: MarketRules,
  sum: number,
): MarketObstacle[] {
  const { line } = buyer.draft
  const own = wanted.filter(({ seller }) => shareSomebody(buyer.people, seller.people))
  const lacking = sum - line.cash.balance
  return [
    ...(line.state === 'active' ? [] : [obstacle('line-state', { state: line.state })]),
    ...(row.frozenAt ? [obstacle('frozen')] : []),
    ...own.map(({ lot }) => obstacle('own-lot', { lotId: lot.id })),
    ...(row.bought + wanted.length > limits.dealsPerDay
      ? [obstacle('deals-today', { max: limits.dealsPerDay })]
      : []),
    ...(row.spentKopecks + sum > limits.spentPerDayKopecks
      ? [obstacle('spent-today', { maxKopecks: limits.spentPerDayKopecks })]
      : []),
    ...(lacking > 0 ? [obstacle('balance', { lackingKopecks: lacking })] : []),
  ]
}

/** Two people may deal with each other so often a day: money is not moved under the name of gigabytes. */
function ofPairs({ wanted, pair }: Purchasing, { limits }: MarketRules): MarketObstacle[] {
  const bySeller = new Map<string, { deals: number; kopecks: number }>()
  for (const { lot } of wanted) {
    const known = bySeller.get(lot.sellerId) ?? { ...pair(lot.sellerId) }
    bySeller.set(lot.sellerId, { deals: known.deals + 1, kopecks: known.kopecks + lot.priceKopecks })
  }
  const over = [...bySeller.values()].some(
    ({ deals, kopecks }) => deals > limits.pairDealsPerDay || kopecks > limits.pairKopecksPerDay,
  )
  return over
    ? [obstacle('pair', { maxDeals: limits.pairDealsPerDay, maxKopecks: limits.pairKopecksPerDay })]
    : []
}
