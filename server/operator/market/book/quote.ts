import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { MarketObstacle, MarketQuote } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { By } from '../../edge/index.ts'
import { addDays, findRoles, type LineState, readState } from '../../lines/index.ts'
import { judgePurchase, shareSomebody } from '../deals/judge-purchase.ts'
import { presentLot } from '../lots/present-lot.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { selectBook } from '../store/book.ts'
import { type LotRow, selectLot } from '../store/lots.ts'
import { selectPairs, selectTrader } from '../store/traders.ts'
import { beginDay, neverCame, type Trader } from '../traders/trader.ts'

/** So many of the cheapest lots are looked at, and at most so many are put together. */
const LOOKED_AT = 300
const MOST_LOTS = 20

export interface QuoteAsk {
  readonly lineId: string
  readonly by: Pick<By, 'kind' | 'fresh'>
  readonly want:
    | {
        readonly type: TrafficType
        readonly units: number
        /** Of a unit. */
        readonly ceilingKopecks?: number | undefined
      }
    | { readonly lotId: string }
}

/**
 * What the cheapest units cost now, put together from several lots, never more than were asked for; or one lot. Changes nothing, keeps
 * nothing: buying says which versions were seen. Refuses with `not_found` (line, lot).
 */
export async function quote(db: Executor, market: MarketContext, ask: QuoteAsk): Promise<MarketQuote> {
  const { clock, lines } = market
  const now = clock.now()
  const rules = await readRules(db)
  const line = found(await readState(db, lines, ask.lineId), 'line')
  const { type, units, lots } = await lotsFor(db, market, ask, now)
  const totalKopecks = lots.reduce((sum, { priceKopecks }) => sum + priceKopecks, 0)
  return {
    type,
    askedUnits: units,
    units: lots.reduce((sum, lot) => sum + lot.units, 0),
    totalKopecks,
    lots: lots.map((lot) => presentLot(lot, now)),
    balanceAfterKopecks: line.cash.balance - totalKopecks,
    obstacles: await obstaclesOf(db, market, line, lots),
    needs:
      ask.by.kind === 'subscriber' && !ask.by.fresh && totalKopecks >= rules.freshCodeFromKopecks
        ? 'fresh-code'
        : 'nothing',
    expiresAt: addDays(now, line.timeZone, rules.boughtDays).toISOString(),
  }
}

async function lotsFor(db: Executor, market: MarketContext, { lineId, want }: QuoteAsk, now: Date) {
  if ('lotId' in want) {
    const lot = found(await selectLot(db, want.lotId), 'lot')
    const isOnSale = lot.state === 'active' && !lot.frozen && lot.endsAt > now
    return { type: lot.type, units: lot.units, lots: isOnSale ? [lot] : [] }
  }
  const { type, units, ceilingKopecks } = want
  const ceiling = ceilingKopecks === undefined ? undefined : ceilingKopecks * 1_000_000
  const book = await selectBook(db, { type, units: null }, { now, limit: LOOKED_AT, ceiling })
  return { type, units, lots: putTogether(await withoutOwn(db, market, lineId, book), units) }
}

async function withoutOwn<T extends LotRow>(
  db: Executor,
  { lines }: MarketContext,
  lineId: string,
  lots: readonly T[],
): Promise<T[]> {
  const people = await findRoles(db, lines, [...new Set([lineId, ...lots.map((lot) => lot.lineId)])])
  const buyers = found(people.get(lineId), 'line')
  return lots.filter((lot) => {
    const sellers = people.get(lot.lineId)
    return sellers !== undefined && !shareSomebody(buyers, sellers)
  })
}

/** The cheapest that fit, one after the other; a single lot of the very size if that comes to more units, or to as many for less. */
export function putTogether<T extends Pick<LotRow, 'units' | 'priceKopecks'>>(
  lots: readonly T[],
  units: number,
): T[] {
  const chosen: T[] = []
  let missing = units
  for (const lot of lots) {
    if (lot.units > missing) continue
    chosen.push(lot)
    missing -= lot.units
    if (missing === 0 || chosen.length === MOST_LOTS) break
  }
  const whole = lots.find((lot) => lot.units === units)
  if (!whole) return chosen
  const total = chosen.reduce((sum, { priceKopecks }) => sum + priceKopecks, 0)
  return missing > 0 || whole.priceKopecks < total ? [whole] : chosen
}

/** What would be in the way of buying these lots now: the same is judged as when they are bought. */
async function obstaclesOf(
  db: Executor,
  market: MarketContext,
  line: LineState,
  lots: readonly LotRow[],
): Promise<MarketObstacle[]> {
  const now = market.clock.now()
  const rules = await readRules(db)
  const ids = [...new Set([line.id, ...lots.map(({ lineId }) => lineId)])]
  const people = await findRoles(db, market.lines, ids)
  const buyers = people.get(line.id) ?? []
  const holderId = found(buyers.find(({ role }) => role === 'owner')?.partyId, 'line')
  const trader: Trader = {
    row: (await selectTrader(db, holderId)) ?? neverCame(holderId, now),
    changed: false,
  }
  beginDay(trader, line, now)
  const pair = await pairsWith(db, holderId, trader.row.day, lots)
  return judgePurchase(
    {
      buyer: { draft: { line }, people: buyers },
      trader,
      wanted: lots.map((lot) => ({
        lot,
        version: lot.version,
        seller: { people: people.get(lot.lineId) ?? [] },
      })),
      unknown: [],
      pair,
      totalKopecks: lots.reduce((sum, { priceKopecks }) => sum + priceKopecks, 0),
    },
    rules,
    now,
  ).obstacles
}

/** What somebody dealt with each seller on a day, in either direction. */
async function pairsWith(db: Executor, holderId: string, day: string, lots: readonly LotRow[]) {
  const sellerIds = [...new Set(lots.map(({ sellerId }) => sellerId))]
  const rows = await selectPairs(
    db,
    sellerIds.flatMap((sellerId) => [
      { sellerId, buyerId: holderId, day },
      { sellerId: holderId, buyerId: sellerId, day },
    ]),
  )
  return (id: string) => {
    const ours = rows.filter(({ sellerId, buyerId }) => sellerId === id || buyerId === id)
    return {
      deals: ours.reduce((sum, { deals }) => sum + deals, 0),
      kopecks: ours.reduce((sum, { kopecks }) => sum + kopecks, 0),
    }
  }
}
