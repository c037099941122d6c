import { type Order, OrderPreview, type OrderRequest } from '../../../contracts/orders.ts'
import {
  type By,
  lacksFreshCode,
  type OrderAsk,
  type Page,
  type PageAsk,
  requireMay,
} from '../../operator/edge/index.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { found, Refusal } from '../../platform/refusal.ts'
import { PREVIEW, ProductOfferingQualification } from '../offering-qualification/schema.ts'
import { CancelProductOrder, ProductOrder, REQUEST } from '../product-ordering/schema.ts'
import { characteristicIn } from './characteristics.ts'
import { orderFrom } from './map-remote-order.ts'
import type { Asking } from './read-line.ts'

const ORDER = 'productOrderingManagement/v4/productOrder'
const CANCEL = 'productOrderingManagement/v4/cancelProductOrder'
const CHECK = 'productOfferingQualification/v4/productOfferingQualification'
/** More than is looked through by page. */
const MOST = 1_000

const itemOf = (lineId: string, request: OrderRequest) => ({
  id: '1',
  action: 'modify',
  product: { id: lineId, productCharacteristic: [{ name: REQUEST, valueType: 'object', value: request }] },
})

/** People of a line: TM Forum has no order that gives or ends a role on a product, and asks nobody for their word. */
const OWN_BOOKS: readonly OrderRequest['kind'][] = ['share-line', 'end-access', 'leave-line']
const ELSEWHERE = { conflict: 'elsewhere', about: 'people' } as const

const isOfOwnBooks = ({ kind }: OrderRequest): boolean => OWN_BOOKS.includes(kind)

/** Refuses with `order_refused` (elsewhere) what only whoever keeps the books can do. */
export function requireOrderable(request: OrderRequest): void {
  if (isOfOwnBooks(request)) throw new Refusal('order_refused', { conflicts: [ELSEWHERE] })
}

const notFromHere = (request: OrderRequest): OrderPreview => ({
  request,
  possible: false,
  effects: [{ effect: 'conflict', ...ELSEWHERE }],
  undoMs: 0,
  needs: 'nothing',
  digest: '',
})

/** What the other side says an order would do, and what is still missing on ours. */
export async function previewRemoteOrder(
  { client }: Asking,
  by: By,
  lineId: string,
  request: OrderRequest,
): Promise<OrderPreview> {
  requireMay({ ...by, trust: 4, fresh: true }, request.kind)
  if (isOfOwnBooks(request)) return notFromHere(request)
  const body = { instantSyncQualification: true, productOfferingQualificationItem: [itemOf(lineId, request)] }
  const check = await client.send(CHECK, body, ProductOfferingQualification)
  const told = check.productOfferingQualificationItem[0]?.product.productCharacteristic ?? []
  const preview = characteristicIn(told, PREVIEW, OrderPreview)
  if (!preview) throw new Unavailable('tmf', { reason: 'check not understood', mayHaveArrived: true })
  return { ...preview, request, needs: lacksFreshCode(by, request.kind) ? 'fresh-code' : preview.needs }
}

/**
 * Gives an order away under its own name, so that sending it twice does it once. What was lost on the way is looked for by that name;
 * undefined = nobody can tell of it. Refuses with `unavailable` only when nothing can have arrived, and as the other side refuses.
 */
export async function placeRemoteOrder(asking: Asking, by: By, ask: OrderAsk): Promise<Order | undefined> {
  const { id, lineId, request, digest } = ask
  const body = {
    externalId: id,
    billingAccount: { id: lineId },
    channel: [{ id: by.through, name: by.through }],
    relatedParty: [
      { id: by.id ?? by.kind, name: by.name ?? by.kind, role: 'orderer', '@referredType': by.kind },
    ],
    productOrderItem: [itemOf(lineId, request)],
    ...(digest !== undefined && { productOfferingQualification: [{ id: digest }] }),
  }
  try {
    return orderFrom(await asking.client.send(ORDER, body, ProductOrder))
  } catch (error) {
    if (!(error instanceof Unavailable) || !error.mayHaveArrived) throw error
    return lookedFor(asking, id)
  }
}

async function lookedFor(asking: Asking, orderId: string): Promise<Order | undefined> {
  try {
    return await findRemoteOrder(asking, orderId)
  } catch (error) {
    if (error instanceof Unavailable) return undefined
    throw error
  }
}

/** By our name for it, else by theirs. */
async function findTheirs({ client }: Asking, orderId: string): Promise<ProductOrder | undefined> {
  const [named] = await client.list(ORDER, { externalId: orderId }, ProductOrder)
  return named ?? client.read(`${ORDER}/${encodeURIComponent(orderId)}`, ProductOrder)
}

/** Undefined: there is none. Refuses with `unavailable` where one bears our name and says what we do not understand. */
export async function findRemoteOrder(asking: Asking, orderId: string): Promise<Order | undefined> {
  const theirs = await findTheirs(asking, orderId)
  const order = theirs && orderFrom(theirs)
  if (theirs?.externalId === orderId && !order)
    throw new Unavailable('tmf', { reason: 'order not understood', mayHaveArrived: true })
  return order
}

/** Refuses with `not_found`, `not_undoable`. */
export async function undoRemoteOrder(asking: Asking, orderId: string): Promise<Order> {
  const theirs = found(await findTheirs(asking, orderId), 'order')
  if (theirs.state !== 'cancelled') {
    if (theirs.state !== 'acknowledged') throw new Refusal('not_undoable', { state: theirs.state })
    await asking.client.send(CANCEL, { productOrder: { id: theirs.id } }, CancelProductOrder)
  }
  return found(await findRemoteOrder(asking, orderId), 'order')
}

/** Orders of a line, newest first. The cursor is how many were told. */
export async function listRemoteOrders(
  { client }: Asking,
  lineId: string,
  { after, limit }: PageAsk,
): Promise<Page<Order>> {
  const offset = after === undefined ? 0 : Number(after)
  if (!Number.isInteger(offset) || offset < 0 || offset > MOST)
    throw new Refusal('invalid_request', { in: 'after' })
  const query = { 'billingAccount.id': lineId, offset: String(offset), limit: String(limit + 1) }
  const theirs = await client.list(ORDER, query, ProductOrder)
  const goesOn = theirs.length > limit && offset + limit <= MOST
  return {
    items: theirs.slice(0, limit).flatMap((one) => orderFrom(one) ?? []),
    next: goesOn ? String(offset + limit) : null,
  }
}
