/** TMF620 Product Catalog: what the operator offers, archived offerings included. Read only: designers publish it at the desk. */
import type { Catalogue } from '../../../contracts/catalogue.ts'
import { Id } from '../../../contracts/primitives.ts'
import { findOffering, readCatalogue } from '../../operator/catalogue/index.ts'
import { type Call, hrefOf } from '../core/call.ts'
import { lineOf } from '../core/ids.ts'
import { type Api, resource } from '../core/resource.ts'
import { mapCategories, rootCategories } from './categories.ts'
import { mapOffering } from './map-offering.ts'
import { pricesOf } from './map-price.ts'
import { Catalog, Category, ProductOffering, ProductOfferingPrice } from './schema.ts'

const CATALOG = 'main'

const catalog = resource({
  name: 'catalog',
  schema: Catalog,
  list: async function* (call: Call) {
    yield [mapCatalog(call, await readCatalogue(call.db))]
  },
  read: async (call, id) => (id === CATALOG ? mapCatalog(call, await readCatalogue(call.db)) : undefined),
})

const mapCatalog = (call: Call, { version, publishedAt }: Catalogue) => ({
  id: CATALOG,
  href: hrefOf(call, 'productCatalogManagement', 'catalog', CATALOG),
  '@type': 'Catalog',
  name: CATALOG,
  catalogType: 'Product',
  lifecycleStatus: 'Active',
  version: String(version),
  lastUpdate: publishedAt,
  category: rootCategories(call),
})

const categories = async (call: Call) => mapCategories(call, await readCatalogue(call.db))

const category = resource({
  name: 'category',
  schema: Category,
  list: async function* (call: Call) {
    yield await categories(call)
  },
  read: async (call, id) => (await categories(call)).find((one) => one.id === id),
})

const productOffering = resource({
  name: 'productOffering',
  schema: ProductOffering,
  list: async function* (call: Call) {
    const read = await readCatalogue(call.db)
    yield read.offerings.map((one) => mapOffering(call, read, one))
  },
  // Of any version: who has it keeps it.
  read: async (call, id) => {
    const offering = await offeringOf(call, id)
    return offering && mapOffering(call, await readCatalogue(call.db), offering)
  },
})

const offeringOf = async ({ db }: Call, id: string) =>
  Id.safeParse(id).success ? findOffering(db, id) : undefined

const productOfferingPrice = resource({
  name: 'productOfferingPrice',
  schema: ProductOfferingPrice,
  list: async function* (call: Call) {
    const { offerings } = await readCatalogue(call.db)
    yield offerings.flatMap((one) => pricesOf(call, one))
  },
  read: async (call, id) => {
    const offering = await offeringOf(call, lineOf(id))
    return offering && pricesOf(call, offering).find((price) => price.id === id)
  },
})

export const productCatalog: Api = {
  name: 'productCatalogManagement',
  resources: [catalog, category, productOffering, productOfferingPrice],
}
