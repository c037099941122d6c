import type { Executor } from '../../platform/database/index.ts'
import type { DataList } from '../edge/index.ts'
import { selectNewestDeals } from './store/deals.ts'
import { eraseWords as eraseFromMarket, selectNewestLots } from './store/lots.ts'

const AT_A_TIME = 500

/** What a party sold and bought, for the party, newest first, page by page: nothing of the others. */
export const exportMarket = (db: Executor, partyId: string): DataList[] => [
  { name: 'marketLots', pages: lotsOf(db, partyId) },
  { name: 'marketPurchases', pages: dealsOf(db, { buyerId: partyId }) },
  { name: 'marketSales', pages: dealsOf(db, { sellerId: partyId }) },
]

async function* lotsOf(db: Executor, sellerId: string): AsyncGenerator<unknown[]> {
  let before: { readonly at: Date; readonly id: string } | undefined
  do {
    const page = await selectNewestLots(db, { sellerId }, before, AT_A_TIME)
    if (page.length > 0) yield page.map(({ bucketId: _, frozenFor: __, ...lot }) => lot)
    const last = page.at(-1)
    before = page.length < AT_A_TIME || !last ? undefined : { at: last.listedAt, id: last.id }
  } while (before !== undefined)
}

async function* dealsOf(
  db: Executor,
  whose: { readonly buyerId: string } | { readonly sellerId: string },
): AsyncGenerator<unknown[]> {
  let before: { readonly at: Date; readonly id: string } | undefined
  do {
    const page = await selectNewestDeals(db, whose, before, AT_A_TIME)
    if (page.length > 0) {
      yield page.map(
        ({ id, number, type, units, priceKopecks, feeKopecks, at, reversedAt, reversedKopecks }) => {
          return { id, number, type, units, priceKopecks, feeKopecks, at, reversedAt, reversedKopecks }
        },
      )
    }
    before = page.length < AT_A_TIME ? undefined : page.at(-1)
  } while (before !== undefined)
}

/** Destroys the name that a party showed on lots, and what the staff wrote of it; deals and volumes stay. Gives how many rows. */
export { eraseFromMarket }
