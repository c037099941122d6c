/** TMF637 Product Inventory: a line with its tariff is a product; options, paid subscriptions and discounts are products that rely on it. */
import type { LineIdentity } from '../../operator/edge/index.ts'
import type { Call } from '../core/call.ts'
import { lineOf } from '../core/ids.ts'
import { type Anchors, everyLine, linesAsked, lookAtLine } from '../core/lines-asked.ts'
import type { Query } from '../core/query.ts'
import { type Api, resource } from '../core/resource.ts'
import { mapLine } from './map-line.ts'
import { mapServices } from './map-services.ts'
import { Product } from './schema.ts'

const ANCHORS: Anchors = {
  id: 'line',
  'billingAccount.id': 'line',
  'productRelationship.product.id': 'line',
  productSerialNumber: 'msisdn',
  'relatedParty.id': 'party',
}

const product = resource({
  name: 'product',
  schema: Product,
  numbers: ['productSerialNumber'],
  list: productsAsked,
  everybody: everyLine(ANCHORS, linesThemselves),
  read: async (call, id) => {
    const line = await lookAtLine(call, lineOf(id), 'services')
    return line && (await productsOf(call, line)).find((one) => one.id === id)
  },
})

async function* productsAsked(call: Call, query: Query) {
  for (const line of await linesAsked(call, query, ANCHORS, 'services')) yield await productsOf(call, line)
}

/** Of everybody the lines alone are told: what relies on one is asked for line by line. */
async function linesThemselves(call: Call, line: LineIdentity): Promise<Product[]> {
  const read = await call.room.lines.edge.readLine(call.db, line.id)
  return read ? [mapLine(call, line, read, undefined)] : []
}

async function productsOf(call: Call, line: LineIdentity): Promise<Product[]> {
  const { edge } = call.room.lines
  const [read, services, settings] = await Promise.all([
    edge.readLine(call.db, line.id),
    edge.readServices(call.db, line.id),
    edge.readSettings(call.db, line.id),
  ])
  return [
    ...(read ? [mapLine(call, line, read, settings?.value)] : []),
    ...(services ? mapServices(call, line, services.value) : []),
  ]
}

export const productInventory: Api = { name: 'productInventory', resources: [product] }
