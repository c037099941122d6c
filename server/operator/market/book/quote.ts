import type { TrafficType } from '../../../../contracts/amounts.ts'
import type { MarketQuote } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import type { By } from '../../edge/index.ts'
import { addDays, findLines, type LineState, readState } from '../../lines/index.ts'
import { shareSomebody } from '../deals/judge-purchase.ts'
import { presentLot } from '../lots/present-lot.ts'
import type { MarketContext } from '../market-context.ts'
import { obstacle } from '../refuse.ts'
import { readRules } from '../rules/read-rules.ts'
import { selectBook } from '../store/book.ts'
import { type LotRow, selectLot } from '../store/lots.ts'
import { selectTrader } from '../store/traders.ts'

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
    obstacles: await obstaclesOf(db, market, line, totalKopecks),
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
  const identities = await findLines(db, lines, [...new Set([lineId, ...lots.map((lot) => lot.lineId)])])
  const buyer = found(identities.get(lineId), 'line')
  return lots.filter((lot) => {
    const seller = identities.get(lot.lineId)
    return seller !== undefined && !shareSomebody(buyer.people, seller.people)
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

async function obstaclesOf(db: Executor, { lines }: MarketContext, line: LineState, totalKopecks: number) {
  const rules = await readRules(db)
  const identity = found((await findLines(db, lines, [line.id])).get(line.id), 'line')
  const owner = identity.people.find(({ role }) => role === 'owner')
  const trader = owner && (await selectTrader(db, owner.partyId))
  const lacking = totalKopecks - line.cash.balance
  return [
    ...(rules.open ? [] : [obstacle('closed')]),
    ...(line.state === 'active' ? [] : [obstacle('line-state', { state: line.state })]),
    ...(trader?.frozenAt ? [obstacle('frozen')] : []),
    ...(lacking > 0 ? [obstacle('balance', { lackingKopecks: lacking })] : []),
  ]
}
