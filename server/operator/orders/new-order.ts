import type { OrderEffect } from '../../../contracts/orders.ts'
import type { By, OrderAsk } from '../edge/index.ts'
import { digestOfRequest } from './digest.ts'
import type { OrderRow } from './store.ts'

/** What differs from one new order to another. */
export type Beginning = Pick<OrderRow, 'state' | 'placedAt' | 'carryOutAt' | 'carriedOutAt'>

/** An order as it is first kept: by whom, what it was asked for and what it does; nobody has decided about it. */
export function newOrder(
  by: By,
  { id, lineId, request }: OrderAsk,
  effects: readonly OrderEffect[],
  beginning: Beginning,
): OrderRow {
  return {
    id,
    lineId,
    request,
    digest: digestOfRequest(lineId, request),
    effects: [...effects],
    byKind: by.kind,
    byId: by.id,
    byName: by.name,
    byThrough: by.through,
    undoneBy: null,
    decidedById: null,
    decidedByName: null,
    decidedAt: null,
    decidedWords: null,
    attempts: 0,
    reason: null,
    ...beginning,
  }
}
