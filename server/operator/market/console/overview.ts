import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { ConsoleLot, MarketOverview, Trader } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { Page, PageAsk } from '../../edge/index.ts'
import { findLineByMsisdn, findParty, linesOfParty, namesOfParties, numbersOf } from '../../lines/index.ts'
import { readBookPage } from '../book/read-book.ts'
import { presentMyLot } from '../lots/present-lot.ts'
import { pageOfLots } from '../lots/read-lots.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import {
  countWatched,
  selectHourTotals,
  selectPairTotals,
  selectTotals,
  selectWatched,
} from '../store/console.ts'
import { countActive, type LotFilter, type LotRow } from '../store/lots.ts'
import { selectTrader, type TraderRow } from '../store/traders.ts'
import { rhythmOf, waitOf } from '../traders/trader.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MOST_COUNTED = 10_000
const PAIRS = 50
const WATCHED = 50
/** So many deals in a week between the same two are looked at. */
const STRIKING_DEALS = 3

/** What is on sale and was sold, who is frozen or slowed, pairs that look like one purse. */
export async function readOverview(
  db: Executor,
  { clock }: Pick<MarketContext, 'clock'>,
): Promise<MarketOverview> {
  const now = clock.now()
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
    hours: await readHours(db, now),
    ...(await countWatched(db, now, MOST_COUNTED)),
    watched: await readWatched(db, now),
    pairs: await readPairs(db, new Date(now.getTime() - 7 * DAY_MS)),
  }
}

async function readHours(db: Executor, now: Date): Promise<MarketOverview['hours']> {
  const to = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS)
  const totals = await selectHourTotals(db, { from: new Date(to.getTime() - DAY_MS + HOUR_MS), to })
  return totals.map((hour) => ({ ...hour, at: hour.at.toISOString() }))
}

async function readWatched(db: Executor, now: Date): Promise<MarketOverview['watched']> {
  const watched = await selectWatched(db, now, WATCHED)
  const names = await namesOfParties(
    db,
    watched.map(({ id }) => id),
  )
  return watched.map(({ id, slowedUntil, ...row }) => ({
    id,
    name: names.get(id) ?? null,
    slowedUntil: slowedUntil && slowedUntil > now ? slowedUntil.toISOString() : null,
    frozen: frozenOf(row),
  }))
}

const frozenOf = ({
  frozenAt,
  frozenBy,
  frozenFor,
}: Pick<TraderRow, 'frozenAt' | 'frozenBy' | 'frozenFor'>) =>
  frozenAt ? { at: frozenAt.toISOString(), by: frozenBy ?? '', reason: frozenFor ?? '' } : null

async function readPairs(db: Executor, since: Date): Promise<MarketOverview['pairs']> {
  const day = since.toISOString().slice(0, 10)
  const pairs = await selectPairTotals(db, { day, since, deals: STRIKING_DEALS, limit: PAIRS })
  const names = await namesOfParties(
    db,
    pairs.flatMap(({ sellerId, buyerId }) => [sellerId, buyerId]),
  )
  return pairs.map((pair) => ({
    ...pair,
    sellerName: names.get(pair.sellerId) ?? null,
    buyerName: names.get(pair.buyerId) ?? null,
  }))
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

/** The book as buyers see it, the best unit price first, for the staff; `msisdn` in the clear. Refuses a strange cursor with `invalid_request`. */
export async function listBook(
  db: Executor,
  market: Pick<MarketContext, 'clock'>,
  shelf: { readonly type: TrafficType; readonly units: number | null },
  ask: PageAsk,
): Promise<Page<ConsoleLot>> {
  const { lots, next } = await readBookPage(db, market, { ...shelf, ...ask })
  return { items: await presentLots(db, market, lots), next }
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

/** Whose number it is: the line and its holder. Refuses with `not_found`. */
export async function findTraderByNumber(
  db: Executor,
  { lines }: Pick<MarketContext, 'lines'>,
  msisdn: string,
): Promise<{ readonly lineId: string; readonly partyId: string }> {
  const line = found(await findLineByMsisdn(db, lines, msisdn), 'line')
  const owner = found(
    line.people.find(({ role }) => role === 'owner'),
    'party',
  )
  return { lineId: line.id, partyId: owner.partyId }
}

/** Somebody on the Market; their numbers in the clear. Refuses with `not_found`: nobody knows them. */
export async function readTrader(
  db: Executor,
  { clock, lines }: Pick<MarketContext, 'clock' | 'lines'>,
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
    numbers: (await linesOfParty(db, lines, partyId))
      .filter(({ role }) => role === 'owner')
      .map(({ id, msisdn }) => ({ lineId: id, msisdn })),
    activeLots: await countActive(db, partyId, MOST_COUNTED),
    listedToday: today(row, now, 'listed'),
    boughtToday: today(row, now, 'bought'),
    spentTodayKopecks: today(row, now, 'spentKopecks'),
    slowedUntil: wait > 0 ? new Date(now.getTime() + wait).toISOString() : null,
    rhythm: row ? rhythmOf(row, rules) : null,
    frozen: row ? frozenOf(row) : null,
  }
}

/** What was counted for a day that is over is nothing today; somebody's day may be ahead of UTC's. */
function today(row: TraderRow | undefined, now: Date, what: 'listed' | 'bought' | 'spentKopecks'): number {
  if (!row || row.day < now.toISOString().slice(0, 10)) return 0
  return row[what]
}
