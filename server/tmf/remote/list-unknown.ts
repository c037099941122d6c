import type { Page, PageAsk, UnknownOrder } from '../../operator/edge/index.ts'
import type { Executor } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import { presentKept } from './keep-order.ts'
import { countUnknownKept, selectUnknownKept } from './kept-orders.ts'

/** Orders of which nobody knows what became, oldest first. Refuses with `invalid_request` for a cursor that is none. */
export async function listUnknownOrders(
  db: Executor,
  { after, limit }: PageAsk,
): Promise<Page<UnknownOrder>> {
  const found = await selectUnknownKept(db, after === undefined ? undefined : placeOf(after), limit + 1)
  const kept = found.slice(0, limit)
  const last = kept.at(-1)
  return {
    items: kept.map((one) => ({
      ...presentKept(one),
      heardAt: one.heardAt?.toISOString() ?? null,
      asked: one.nextAt !== null,
    })),
    next: found.length > limit && last ? `${last.placedAt.toISOString()}_${last.id}` : null,
  }
}

const MOST_COUNTED = 1_000

/** How many there are, counted up to 1000: for the watch. */
export const countUnknownOrders = (db: Executor): Promise<number> => countUnknownKept(db, MOST_COUNTED)

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/

function placeOf(cursor: string): { placedAt: Date; id: string } {
  const [, at, id] = CURSOR.exec(cursor) ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at)))
    throw new Refusal('invalid_request', { in: 'after' })
  return { placedAt: new Date(at), id }
}
