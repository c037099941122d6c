import { type Db, type Executor, inTransaction } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import type { MarketContext } from '../market-context.ts'
import { noteChanges } from '../store/book.ts'
import { freezeRow, freezeRowsOf } from '../store/console.ts'
import { type LotRow, lockLots, selectLot } from '../store/lots.ts'
import { lockTraders, type TraderRow, updateTraders } from '../store/traders.ts'

export interface Freezing {
  /** Of the lot, or of the party. */
  readonly id: string
  readonly frozen: boolean
  readonly reason: string
  /** Who decides. */
  readonly by: string
}

/** Told inside the transaction, with what was and what is: for the audit. */
export type Noted<T> = (tx: Executor, before: T, after: T) => Promise<void>

/** Hides a lot until somebody has looked, or lets it be sold again. Refuses with `not_found`, `conflict` (`state`: it has ended). */
export function freezeLot(
  db: Db,
  market: MarketContext,
  { id, frozen, reason }: Freezing,
  noted: Noted<LotRow>,
): Promise<LotRow> {
  return inTransaction(db, async (tx) => {
    const { sellerId } = found(await selectLot(tx, id), 'lot')
    const trader = (await lockTraders(tx, [sellerId], market.clock.now())).get(sellerId)
    const before = found((await lockLots(tx, [id]))[0], 'lot')
    if (before.state !== 'active') throw new Refusal('conflict', { state: before.state })
    const sellerFrozen = trader?.frozenAt != null
    const after = await freezeRow(tx, id, { reason: frozen ? reason : null, sellerFrozen })
    if (before.frozen !== after.frozen) await tellBook(tx, market, [after])
    await noted(tx, before, after)
    return after
  })
}

/** Somebody sells and buys nothing until somebody has looked, and their lots are hidden; or goes on. */
export function freezeTrader(
  db: Db,
  market: MarketContext,
  { id, frozen, reason, by }: Freezing,
  noted: Noted<TraderRow>,
): Promise<TraderRow> {
  return inTransaction(db, async (tx) => {
    const now = market.clock.now()
    const before = found((await lockTraders(tx, [id], now)).get(id), 'trader')
    const after = frozen
      ? { ...before, frozenAt: before.frozenAt ?? now, frozenBy: by, frozenFor: reason }
      : { ...before, frozenAt: null, frozenBy: null, frozenFor: null }
    await updateTraders(tx, [after])
    await tellBook(tx, market, await freezeRowsOf(tx, id, frozen))
    await noted(tx, before, after)
    return after
  })
}

/** Frozen lots are not in the book. */
async function tellBook(tx: Executor, market: MarketContext, lots: readonly LotRow[]): Promise<void> {
  if (lots.length === 0) return
  await noteChanges(
    tx,
    lots.map(({ type, units, priceKopecks, frozen }) => ({
      type,
      units,
      priceKopecks,
      lots: frozen ? -1 : 1,
    })),
  )
  await market.announce(tx, { kind: 'book-changed', sizes: lots })
}
