import type { Page, PageAsk, UnknownOrder } from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import { instantCursor, pageOf, readInstantCursor } from '../../platform/pages.ts'
import { presentKept } from './keep-order.ts'
import { countUnknownKept, selectUnknownKept } from './kept-orders.ts'

/** Orders of which nobody knows what became, oldest first. Refuses with `invalid_request` for a cursor that is none. */
export async function listUnknownOrders(
  db: Executor,
  { after, limit }: PageAsk,
): Promise<Page<UnknownOrder>> {
  const found = await selectUnknownKept(db, readInstantCursor(after), limit + 1)
  const { items, next } = pageOf(found, limit, ({ placedAt, id }) => instantCursor({ at: placedAt, id }))
  const shown = items.map((one) => ({
    ...presentKept(one),
    heardAt: one.heardAt?.toISOString() ?? null,
    asked: one.nextAt !== null,
  }))
  return { items: shown, next }
}

const MOST_COUNTED = 1_000

/** How many there are, counted up to 1000: for the watch. */
export const countUnknownOrders = (db: Executor): Promise<number> => countUnknownKept(db, MOST_COUNTED)
