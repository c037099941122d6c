import { v7 } from 'uuid'
import { type Order, type OrderPreview, type OrderRequest, orders } from '../../../contracts/orders.ts'
import { call } from './api.ts'
import { lineChanged } from './lines.ts'
import { lookAgain } from './reading.ts'

/** What an order would do; changes nothing. */
export const previewOrder = (lineId: string, request: OrderRequest): Promise<OrderPreview> =>
  call(orders.previewOrder, { params: { id: lineId }, body: { request } })

/** One wish of the person: sent again after a lost answer it is the same order, done once. */
export interface Wish {
  readonly id: string
  readonly lineId: string
  readonly request: OrderRequest
  readonly digest?: string | undefined
}

export const aWish = (lineId: string, request: OrderRequest, digest?: string): Wish => ({
  id: v7(),
  lineId,
  request,
  digest,
})

/** Has it done. Throws `ApiProblem`. */
export async function placeOrder({ id, lineId, request, digest }: Wish): Promise<Order> {
  const order = await call(orders.placeOrder, {
    params: { id: lineId },
    body: { id, request, ...(digest !== undefined && { digest }) },
  })
  // A line that was given up is no line of theirs any more: nothing of it is read again.
  if (request.kind === 'leave-line') lookAgain('session')
  else lineChanged(lineId)
  return order
}

/** Takes it back while it waits. Throws `ApiProblem` (`not_undoable`). */
export async function undoOrder({ id, lineId }: Pick<Order, 'id' | 'lineId'>): Promise<Order> {
  const order = await call(orders.undoOrder, { params: { id } })
  lineChanged(lineId)
  return order
}
