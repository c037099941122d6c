import { type LineRef, LineRole, LineState } from '../../../contracts/lines.ts'
import type { LineIdentity } from '../../operator/edge/index.ts'
import { Product } from '../product-inventory/schema.ts'
import { characteristicIn } from './characteristics.ts'
import type { RemoteClient } from './remote-client.ts'

export const PRODUCT = 'productInventory/v4/product'

/** The line of a product; undefined: it is something that relies on a line. */
export function identityOf(product: Product): LineIdentity | undefined {
  if (product.productRelationship.length > 0) return undefined
  return {
    id: product.id,
    msisdn: product.productSerialNumber,
    state: characteristicIn(product.productCharacteristic, 'lineState', LineState) ?? stateOf(product),
    people: product.relatedParty.flatMap(({ id, name, role }) => {
      const known = LineRole.safeParse(role)
      return known.success ? [{ partyId: id, name, role: known.data }] : []
    }),
  }
}

/** As well as TM Forum's own words tell it. */
function stateOf({ status }: Product): LineIdentity['state'] {
  if (status === 'terminated') return 'ended'
  return status === 'suspended' ? 'suspended' : 'active'
}

/** Lines among a party's products, on which it has a role, own ones first. */
export async function readLinesOfParty(client: RemoteClient, partyId: string): Promise<LineRef[]> {
  const products = await client.list(PRODUCT, { 'relatedParty.id': partyId, limit: '1000' }, Product)
  const lines = products.flatMap((product) => identityOf(product) ?? [])
  return LineRole.options.flatMap((role) =>
    lines
      .filter(
        ({ people, state }) =>
          state !== 'ended' && people.some((one) => one.partyId === partyId && one.role === role),
      )
      .map(({ id, msisdn, state }) => ({ id, msisdn, state, role, title: null })),
  )
}
