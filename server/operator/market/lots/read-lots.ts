import type { MarketLot, MyLot, Sellable } from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { pageOf, readTimeCursor, timeCursor } from '../../../platform/pages.ts'
import { found } from '../../../platform/refusal.ts'
import type { Page, PageAsk } from '../../edge/index.ts'
import { packageOf, readState } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { readRules } from '../rules/read-rules.ts'
import { type LotFilter, type LotRow, selectLot, selectNewestLots } from '../store/lots.ts'
import { selectTrader } from '../store/traders.ts'
import { presentLot, presentMyLot } from './present-lot.ts'
import { judgeSellable } from './sellable.ts'
import { holderOf } from './seller.ts'

const TYPES = ['data', 'voice', 'sms'] as const

/** How much of a line's packages may be sold, and why not all. Refuses with `not_found`. */
export async function readSellable(
  db: Executor,
  market: MarketContext,
  lineId: string,
): Promise<{
  lineId: string
  types: Sellable[]
  raiseKopecks: number
  raiseHours: number
  feeBasisPoints: number
}> {
  const rules = await readRules(db)
  const line = found(await readState(db, market.lines, lineId), 'line')
  const holder = await holderOf(db, market.lines, line)
  const seller = { line, kind: holder.kind, trader: await selectTrader(db, holder.id) }
  const now = market.clock.now()
  return {
    lineId,
    types: TYPES.map((type) => judgeSellable(seller, type, rules, now)),
    raiseKopecks: rules.raise.kopecks,
    raiseHours: rules.raise.hours,
    feeBasisPoints: rules.feeBasisPoints,
  }
}

/** When the package of the period under way is over, of which lots of a type are sold; null = there is none. Refuses with `not_found`. */
export async function packageEndsAt(
  db: Executor,
  market: MarketContext,
  lineId: string,
  type: Sellable['type'],
): Promise<Date | null> {
  const line = found(await readState(db, market.lines, lineId), 'line')
  return packageOf({ line }, type)?.expiresAt ?? null
}

/** A lot on sale, as everybody sees it. Refuses with `not_found`. */
export async function readLot(db: Executor, { clock }: MarketContext, id: string): Promise<MarketLot> {
  const now = clock.now()
  const lot = await selectLot(db, id)
  const isOnSale = lot?.state === 'active' && !lot.frozen && lot.endsAt > now
  return presentLot(found(isOnSale ? lot : undefined, 'lot'), now)
}

/** Whose lot it is. Refuses with `not_found`. */
export const lineOfLot = async (db: Executor, id: string): Promise<string> =>
  found(await selectLot(db, id), 'lot').lineId

/** Lots of a line while it was its holder's of now, newest first. Refuses with `not_found` (line), `invalid_request` (a strange cursor). */
export async function listMyLots(
  db: Executor,
  market: MarketContext,
  lineId: string,
  { active, ...ask }: PageAsk & { readonly active?: boolean | undefined },
): Promise<Page<MyLot>> {
  const rules = await readRules(db)
  const holder = await holderOf(db, market.lines, { id: lineId })
  const { items, next } = await pageOfLots(db, { lineId, sellerId: holder.id, active }, ask)
  const now = market.clock.now()
  return { items: items.map((lot) => presentMyLot(lot, rules, now)), next }
}

/** Lots, newest first. Refuses a strange cursor with `invalid_request`. */
export async function pageOfLots(
  db: Executor,
  filter: LotFilter,
  { after, limit }: PageAsk,
): Promise<Page<LotRow>> {
  const found = await selectNewestLots(db, filter, readTimeCursor(after), limit + 1)
  return pageOf(found, limit, ({ listedAt, id }) => timeCursor({ at: listedAt, id }))
}
