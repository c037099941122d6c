import type { Order, OrderRequest, OrderToApprove, UnknownOrder } from '../../../contracts/orders.ts'
import type { Executor } from '../../platform/database/index.ts'
import { instantCursor, pageOf, readInstantCursor } from '../../platform/pages.ts'
import type { By, Page, PageAsk } from '../edge/index.ts'
import { numbersOf } from '../lines/index.ts'
import { presentOrder } from './present-order.ts'
import {
  countToApprove,
  type OrderRow,
  selectOrder,
  selectOrders,
  selectOrdersAfter,
  selectReversal,
  selectReversalsWaiting,
  selectToApprove,
  selectUnknown,
  selectWaiting,
} from './store.ts'

const MOST_COUNTED = 1_000

const cursorOf = ({ placedAt, id }: OrderRow): string => instantCursor({ at: placedAt, id })

/** An order; undefined = there is none of that id. */
export async function findOrder(db: Executor, orderId: string): Promise<Order | undefined> {
  const row = await selectOrder(db, orderId)
  return row && presentOrder(row)
}

/** The latest order that asks to take a deal of the Market back; undefined = nobody has asked. */
export async function findReversal(db: Executor, dealId: string): Promise<Order | undefined> {
  const row = await selectReversal(db, dealId)
  return row && presentOrder(row)
}

/** Which of these deals are asked to be taken back and wait for a second pair of eyes. One query. */
export const reversalsWaiting = (db: Executor, dealIds: readonly string[]): Promise<Set<string>> =>
  selectReversalsWaiting(db, dealIds)

/** What was done to a line, newest first. Refuses with `invalid_request` for a cursor that is none. */
export async function listOrders(
  db: Executor,
  lineId: string,
  { after, limit }: PageAsk,
): Promise<Page<Order>> {
  const found = await selectOrders(db, lineId, readInstantCursor(after), limit + 1)
  const { items, next } = pageOf(found, limit, cursorOf)
  return { items: items.map(presentOrder), next }
}

/** Everybody's orders, oldest first. Refuses with `invalid_request` for a cursor that is none. */
export async function walkOrders(db: Executor, { after, limit }: PageAsk): Promise<Page<Order>> {
  const found = await selectOrdersAfter(db, readInstantCursor(after), limit + 1)
  const { items, next } = pageOf(found, limit, cursorOf)
  return { items: items.map(presentOrder), next }
}

/** Orders that wait for a second pair of eyes, oldest first, with the numbers of their lines and whether the caller asked for them. */
export async function listOrdersToApprove(
  db: Executor,
  by: By,
  { after, limit }: PageAsk,
): Promise<Page<OrderToApprove>> {
  const found = await selectToApprove(db, readInstantCursor(after), limit + 1)
  const { items, next } = pageOf(found, limit, cursorOf)
  const numbers = await numbersOf(
    db,
    items.map(({ lineId }) => lineId),
  )
  const shown = items.map((row) => ({
    order: presentOrder(row),
    msisdn: numbers.get(row.lineId) ?? '',
    own: row.byId !== null && row.byId === by.id,
  }))
  return { items: shown, next }
}

/** Orders of which nobody knows what became, oldest first; top-ups are shown as payments. Refuses with `invalid_request`. */
export async function listUnknownOrders(
  db: Executor,
  { after, limit }: PageAsk,
): Promise<Page<UnknownOrder>> {
  const found = await selectUnknown(db, readInstantCursor(after), limit + 1)
  const { items, next } = pageOf(found, limit, cursorOf)
  // We keep the lines ourselves: there is nobody to ask.
  return { items: items.map((row) => ({ ...presentOrder(row), heardAt: null, asked: false })), next }
}

/** How many wait for the caller's eyes: those that they asked for themselves are left out. Counted up to 1000. */
export function countOrdersToApprove(db: Executor, by: By): Promise<number> {
  return countToApprove(db, by.id, MOST_COUNTED)
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
