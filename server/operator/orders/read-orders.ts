import type { Order, OrderRequest } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import { Refusal } from '../../platform/refusal.ts'
import type { Page, PageAsk } from '../edge/index.ts'
import { presentOrder } from './present-order.ts'
import { type OrderRow, selectOrder, selectOrders, selectToApprove, selectWaiting } from './store.ts'

/** An order; undefined = there is none of that id. */
export async function findOrder(db: Executor, orderId: string): Promise<Order | undefined> {
  const row = await selectOrder(db, orderId)
  return row && presentOrder(row)
}

/** What was done to a line, newest first. Refuses with `invalid_request` for a cursor that is none. */
export async function listOrders(
  db: Executor,
  lineId: string,
  { after, limit }: PageAsk,
): Promise<Page<Order>> {
  return pageOf(
    await selectOrders(db, lineId, after === undefined ? undefined : placeOf(after), limit + 1),
    limit,
  )
}

/** Orders that wait for a second pair of eyes, oldest first. */
export async function listOrdersToApprove(db: Executor, { after, limit }: PageAsk): Promise<Page<Order>> {
  return pageOf(await selectToApprove(db, after === undefined ? undefined : placeOf(after), limit + 1), limit)
}

/** What is switched off soon and may still be taken back. */
export interface Ending {
  readonly orderId: string
  readonly at: Date
  readonly request: OrderRequest
}

export async function readEndings(db: Executor, lineId: string): Promise<Ending[]> {
  const waiting = await selectWaiting(db, lineId)
  return waiting.flatMap(({ id, carryOutAt, request }) =>
    carryOutAt === null ? [] : [{ orderId: id, at: carryOutAt, request }],
  )
}

function pageOf(found: readonly OrderRow[], limit: number): Page<Order> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const next = found.length > limit && last ? `${last.placedAt.toISOString()}_${last.id}` : null
  return { items: items.map(presentOrder), next }
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/

function placeOf(cursor: string): { placedAt: Date; id: string } {
  const [, at, id] = CURSOR.exec(cursor) ?? []
  if (at === undefined || id === undefined || Number.isNaN(Date.parse(at))) {
    throw new Refusal('invalid_request', { in: 'after' })
  }
  return { placedAt: new Date(at), id }
}
