import {
  type LotReturn,
  type LotState,
  MARKET_UNIT,
  type MarketOnTimeline,
} from '../../../../contracts/market.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { type Draft, giveBack, type Legs, post, takeHeld } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { noteChanges } from '../store/book.ts'
import { closeLots, type LotRow } from '../store/lots.ts'

export interface Ending {
  readonly state: Exclude<LotState, 'active' | 'sold'>
  readonly returned?: LotReturn
}

/**
 * Ends lots of a line that are locked and there: their volume goes from the hold back into the package. Gives them as they stand then, in no
 * order.
 */
export async function endLots(
  tx: Executor,
  market: MarketContext,
  draft: Draft,
  lots: readonly LotRow[],
  ending: Ending,
): Promise<LotRow[]> {
  const now = market.clock.now()
  for (const { id, type, units } of lots) {
    const legs: Legs = new Map()
    const amount = units * MARKET_UNIT[type]
    takeHeld(draft, legs, type, amount)
    giveBack(draft, legs, type, amount)
    post(draft, { scope: 'market', key: `back:${id}`, kind: `market-${ending.state}` }, now, legs)
  }
  return closeAll(tx, market, lots, { ...ending, at: now })
}

/** Ends lots whose volume is not on hold any more. */
export async function closeAll(
  tx: Executor,
  market: MarketContext,
  lots: readonly LotRow[],
  ending: Ending & { readonly at: Date },
): Promise<LotRow[]> {
  const closed = await closeLots(
    tx,
    lots.map(({ id }) => id),
    ending,
  )
  await noteChanges(
    tx,
    closed
      .filter(({ frozen }) => !frozen)
      .map(({ type, units, priceKopecks }) => ({ type, units, priceKopecks, lots: -1 })),
  )
  if (closed.length > 0) await market.announce(tx, { kind: 'book-changed', sizes: closed })
  return closed
}

/** Tells a line's timeline what came back by itself, once a reason and instant. */
export async function tellReturned(
  tx: Executor,
  market: MarketContext,
  lots: readonly LotRow[],
  why: NonNullable<MarketOnTimeline['why']>,
): Promise<void> {
  const [first] = lots
  if (!first) return
  const what: MarketOnTimeline = { event: 'returned', items: itemsOf(lots), kopecks: 0, dealIds: [], why }
  const name = `returned:${first.id}`
  await market.announce(tx, { kind: 'market-happened', happenings: [{ lineId: first.lineId, name, what }] })
}

/** So many lots of each size. */
export function itemsOf(lots: readonly Pick<LotRow, 'type' | 'units'>[]): MarketOnTimeline['items'] {
  const items = new Map<string, MarketOnTimeline['items'][number]>()
  for (const { type, units } of lots) {
    const known = items.get(`${type} ${units}`)
    items.set(`${type} ${units}`, { type, units, lots: (known?.lots ?? 0) + 1 })
  }
  return [...items.values()]
}
