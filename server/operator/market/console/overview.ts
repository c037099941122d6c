import type { ConsoleLot, MarketOverview, Trader } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { Page, PageAsk } from '../../edge/index.ts'
import { findParty, numbersOf } from '../../lines/index.ts'
import { presentMyLot } from '../lots/present-lot.ts'
import { pageOfLots } from '../lots/read-lots.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { countWatched, selectPairTotals, selectTotals } from '../store/console.ts'
import { countActive, type LotFilter, type LotRow } from '../store/lots.ts'
import { selectTrader, type TraderRow } from '../store/traders.ts'
import { waitOf } from '../traders/trader.ts'

const DAY_MS = 86_400_000
const MOST_COUNTED = 10_000
const PAIRS = 50
/** So many deals in a week between the same two are looked at. */
const STRIKING_DEALS = 3

/** What is on sale and was sold, who is frozen or slowed, pairs that look like one purse. */
export async function readOverview(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
): Promise<MarketOverview> {
  const now = clock.now()
  const weekAgo = new Date(now.getTime() - 7 * DAY_MS)
  const totals = await selectTotals(db, new Date(now.getTime() - DAY_MS))
  return {
    types: totals.map(({ type, lots, units, deals, unitsSold, kopecks, fees }) => ({
      type,
      lots,
      units,
      dealsToday: deals,
      unitsToday: unitsSold,
      kopecksToday: kopecks,
      feesToday: fees,
    })),
    ...(await countWatched(db, now, MOST_COUNTED)),
    pairs: await selectPairTotals(db, {
      day: weekAgo.toISOString().slice(0, 10),
      since: weekAgo,
      deals: STRIKING_DEALS,
      limit: PAIRS,
    }),
  }
}

/** Lots for the staff, newest first; `msisdn` in the clear. Refuses a strange cursor with `invalid_request`. */
export async function listLots(
  db: Executor,
  market: Pick<MarketContext, 'clock'>,
  filter: LotFilter,
  ask: PageAsk,
): Promise<Page<ConsoleLot>> {
  const { items, next } = await pageOfLots(db, filter, ask)
  return { items: await presentLots(db, market, items), next }
}

/** Lots as the staff see them; `msisdn` in the clear. */
export async function presentLots(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
  lots: readonly LotRow[],
): Promise<ConsoleLot[]> {
  const rules = await readRules(db)
  const now = clock.now()
  const numbers = await numbersOf(
    db,
    lots.map(({ lineId }) => lineId),
  )
  return lots.map((lot) => ({
    ...presentMyLot(lot, rules, now),
    sellerId: lot.sellerId,
    msisdn: numbers.get(lot.lineId) ?? '',
    frozenFor: lot.frozenFor,
  }))
}

/** Somebody on the Market. Refuses with `not_found`: nobody knows them. */
export async function readTrader(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
  partyId: string,
): Promise<Trader> {
  const party = found(await findParty(db, partyId), 'party')
  const row = await selectTrader(db, partyId)
  const rules = await readRules(db)
  const now = clock.now()
  const wait = row ? waitOf(row, rules, now) : 0
  return {
    id: partyId,
    name: party.name,
    activeLots: await countActive(db, partyId, MOST_COUNTED),
    listedToday: today(row, now, 'listed'),
    boughtToday: today(row, now, 'bought'),
    spentTodayKopecks: today(row, now, 'spentKopecks'),
    slowedUntil: wait > 0 ? new Date(now.getTime() + wait).toISOString() : null,
    frozen: row?.frozenAt
      ? { at: row.frozenAt.toISOString(), by: row.frozenBy ?? '', reason: row.frozenFor ?? '' }
      : null,
  }
}

/** What was counted for a day that is over is nothing today; somebody's day may be ahead of UTC's. */
function today(row: TraderRow | undefined, now: Date, what: 'listed' | 'bought' | 'spentKopecks'): number {
  if (!row || row.day < now.toISOString().slice(0, 10)) return 0
  return row[what]
}
