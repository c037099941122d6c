import { type Offering, OfferingTerms } from '../../../contracts/catalogue.ts'
import { Unavailable } from '../../platform/outgoing/index.ts'
import { ProductOffering, TERMS } from '../product-catalog/schema.ts'
import type { RemoteClient } from './remote-client.ts'

const PATH = 'productCatalogManagement/v4/productOffering'
const MOST = 5_000

/** Offerings of a remote catalogue. A version of one never changes, so each is asked for once. */
export interface RemoteOfferings {
  /** Refuses with `unavailable` when the catalogue does not have it, or not in a form that we understand. */
  find(id: string): Promise<Offering>
  /** Options that can be connected now. */
  listOptions(): Promise<Offering[]>
}

export function createRemoteOfferings(client: RemoteClient, service: string): RemoteOfferings {
  const known = new Map<string, Promise<Offering>>()
  const read = async (id: string): Promise<Offering> => {
    const offering = await client.read(`${PATH}/${encodeURIComponent(id)}`, ProductOffering)
    const terms = offering && termsOf(offering)
    if (!terms) throw new Unavailable(service, { reason: 'offering not understood', mayHaveArrived: true })
    return { id, terms }
  }
  return {
    find: (id) => {
      const asked = known.get(id) ?? read(id)
      if (known.size >= MOST) known.clear()
      known.set(id, asked)
      // A failure is not remembered.
      asked.catch(() => known.delete(id))
      return asked
    },
    listOptions: async () => {
      const query = { 'category.id': 'option', isSellable: 'true', limit: '1000' }
      const options = await client.list(PATH, query, ProductOffering)
      return options.flatMap((one) => {
        const terms = termsOf(one)
        return terms ? [{ id: one.id, terms }] : []
      })
    },
  }
}

function termsOf({ prodSpecCharValueUse }: ProductOffering): OfferingTerms | undefined {
  const use = prodSpecCharValueUse.find(({ name }) => name === TERMS)
  return OfferingTerms.safeParse(use?.productSpecCharacteristicValue[0]?.value).data
}
