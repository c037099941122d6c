import { type Db, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { type Draft, workOnLine } from '../../lines/index.ts'
import type { MarketContext } from '../market-context.ts'
import { obstacle, refuseObstacles } from '../refuse.ts'
import { type LotRow, lockLots, selectLot } from '../store/lots.ts'
import { lockTraders } from '../store/traders.ts'
import type { Trader } from '../traders/trader.ts'

/** A seller's own lot while something is done to it: its line, its seller and the lot itself are locked, in this order. */
export interface OwnLot {
  readonly tx: Executor
  readonly draft: Draft
  readonly trader: Trader
  readonly lot: LotRow
  readonly now: Date
}

/** Works on a lot. Refuses with `not_found`. */
export async function workOnLot<R>(
  db: Db,
  market: MarketContext,
  lotId: string,
  act: (own: OwnLot) => Promise<R>,
): Promise<R> {
  return inTransaction(db, async (tx) => {
    const { lineId, sellerId } = found(await selectLot(tx, lotId), 'lot')
    return workOnLine(tx, market.lines, lineId, async (draft) => {
      const now = market.clock.now()
      const row = found((await lockTraders(tx, [sellerId], now)).get(sellerId), 'trader')
      const lot = found((await lockLots(tx, [lotId]))[0], 'lot')
      return act({ tx, draft, trader: { row, changed: false }, lot, now })
    })
  })
}

/** Refuses with `market_refused` (lot-gone) what is sold, withdrawn or over. */
export function requireThere({ lot: { state } }: Pick<OwnLot, 'lot'>): void {
  if (state !== 'active') refuseObstacles([obstacle('lot-gone', { state })])
}
