/** TMF622 Product Ordering: the orders of lines, placed, read and taken back. What is asked is looked at, agreed to and done as everywhere. */

import type { Order } from '../../../contracts/orders.ts'
import { Id } from '../../../contracts/primitives.ts'
import { byOfLooker } from '../../care/lines/index.ts'
import { readCatalogue } from '../../operator/catalogue/index.ts'
import { found } from '../../platform/refusal.ts'
import { type Call, hrefOf } from '../core/call.ts'
import { idOfClient } from '../core/client-ids.ts'
import { type Anchors, linesAsked, lookAtLine, whoseLines } from '../core/lines-asked.ts'
import { keyset } from '../core/page.ts'
import { isExact, type Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import type { Everybody } from '../core/walk.ts'
import { externalIdsOf } from './external-ids.ts'
import { mapOrder } from './map-order.ts'
import { placeProductOrder } from './place-product-order.ts'
import { CancellationAsked, CancelProductOrder, ProductOrder, ProductOrderAsked } from './schema.ts'

const ANCHORS: Anchors = {
  'billingAccount.id': 'line',
  'productOrderItem.product.id': 'line',
}

const productOrder = resource({
  name: 'productOrder',
  schema: ProductOrder,
  list: ordersAsked,
  everybody: everyOrder(),
  read: async (call, id) => {
    const order = await orderOf(call, id)
    return order && (await mapOrders(call, [order]))[0]
  },
  create: {
    body: ProductOrderAsked,
    run: async (call, asked) =>
      found((await mapOrders(call, [await placeProductOrder(call, asked)]))[0], 'order'),
  },
})

/** By the client's own name for it, or all of a line, newest first. */
async function* ordersAsked(call: Call, query: Query): AsyncGenerator<ProductOrder[]> {
  const named = query.conditions.find((one) => one.attribute === 'externalId' && isExact(one))
  if (named) {
    const order = await orderOf(call, idOfClient(call.actor.id, 'external-id', named.values[0] ?? ''))
    yield order ? await mapOrders(call, [order]) : []
    return
  }
  for (const line of await linesAsked(call, query, ANCHORS, 'orders')) {
    for await (const orders of keyset((ask) => call.room.lines.edge.listOrders(call.db, line.id, ask)))
      yield await mapOrders(call, orders)
  }
}

function everyOrder(): Everybody<ProductOrder> {
  return {
    anchors: ['externalId', ...Object.keys(ANCHORS)],
    walk: async (call, ask) => {
      const { items, next } = await call.room.lines.edge.walkOrders(call.db, ask)
      const things = await mapOrders(call, items)
      const { edge } = call.room.lines
      const lines = await Promise.all(items.map(({ lineId }) => edge.findLine(call.db, lineId)))
      const whose = await whoseLines(call, lines)
      return { items: things.map((thing, place) => ({ thing, whose: whose[place] ?? {} })), next }
    },
  }
}

async function orderOf(call: Call, id: string): Promise<Order | undefined> {
  if (!Id.safeParse(id).success) return undefined
  const order = await call.room.lines.edge.findOrder(call.db, id)
  return order && (await lookAtLine(call, order.lineId, 'orders')) ? order : undefined
}

async function mapOrders(call: Call, orders: readonly Order[]): Promise<ProductOrder[]> {
  const catalogue = await readCatalogue(call.db)
  const named = await externalIdsOf(
    call.db,
    orders.map(({ id }) => id),
  )
  return orders.map((order) => mapOrder(call, catalogue, order, named.get(order.id)))
}

const cancelProductOrder = resource({
  name: 'cancelProductOrder',
  schema: CancelProductOrder,
  read: async (call, id) => {
    const order = await orderOf(call, id)
    return order?.state === 'undone' ? mapCancellation(call, order) : undefined
  },
  create: {
    body: CancellationAsked,
    // Taken back while it waits, or refused: there is nothing in between to follow.
    run: async (call, { productOrder: { id } }) => {
      const { lineId } = found(await orderOf(call, id), 'order')
      found(await lookAtLine(call, lineId, 'orders'), 'line')
      const by = byOfLooker(call.room.lines, call.actor, { role: null })
      return mapCancellation(call, await call.room.lines.edge.undoOrder(call.db, by, id))
    },
  },
})

/** A cancellation has the id of its order: there is one at most. */
const mapCancellation = (call: Call, { id }: Order) => ({
  id,
  href: hrefOf(call, 'productOrderingManagement', 'cancelProductOrder', id),
  '@type': 'CancelProductOrder',
  state: 'done' as const,
  productOrder: {
    id,
    href: hrefOf(call, 'productOrderingManagement', 'productOrder', id),
    '@referredType': 'ProductOrder',
  },
})

export const productOrdering: Api = {
  name: 'productOrderingManagement',
  resources: [productOrder, cancelProductOrder],
  hub: {
    types: { 'order.changed': 'ProductOrderStateChangeEvent' },
    subject: 'productOrder',
    read: async (call, { orderId }) =>
      typeof orderId === 'string' ? productOrder.read?.(call, orderId) : undefined,
  },
}
