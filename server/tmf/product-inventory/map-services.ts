import type { Connected, LineServices } from '../../../contracts/lines.ts'
import type { LineIdentity } from '../../operator/edge/index.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { characteristic, moneyOf } from '../core/common.ts'
import { partId } from '../core/ids.ts'
import { aroundLine } from './map-line.ts'
import type { Product } from './schema.ts'

type Services = Omit<LineServices, 'asOf'>

/** What is connected to a line: options, paid subscriptions, discounts. */
export function mapServices(call: Call, line: LineIdentity, services: Services): Product[] {
  return [
    ...[...services.options, ...services.content].map((one) => mapConnected(call, line, one)),
    ...services.discounts.map((one) => mapDiscount(call, line, one)),
  ]
}

function mapConnected(call: Call, line: LineIdentity, connected: Connected): Product {
  const { charge, consent, ending, feeKopecks, offering, since, spentKopecks, nextChargeAt } = connected
  return {
    ...partOfLine(call, line, connected.id, offering),
    status: ending ? 'pendingTerminate' : line.state === 'active' ? 'active' : 'suspended',
    startDate: since,
    productPrice: [
      {
        name: 'fee',
        priceType: charge === 'once' ? 'oneTime' : 'recurring',
        ...(charge !== 'once' && { recurringChargePeriod: charge }),
        price: { taxIncludedAmount: moneyOf(feeKopecks) },
      },
    ],
    productTerm: [],
    productCharacteristic: [
      ...characteristic('kind', offering.terms.kind),
      ...characteristic('nextChargeAt', nextChargeAt),
      ...characteristic('spentIn30Days', moneyOf(spentKopecks)),
      ...characteristic('consent', consent),
      ...characteristic('ending', ending),
    ],
  }
}

function mapDiscount(
  call: Call,
  line: LineIdentity,
  { id, offering, until }: Services['discounts'][number],
): Product {
  return {
    ...partOfLine(call, line, id, offering),
    status: 'active',
    productPrice: [],
    productTerm: until === null ? [] : [{ name: 'validity', validFor: { endDateTime: until } }],
    productCharacteristic: characteristic('kind', 'discount'),
  }
}

function partOfLine(call: Call, line: LineIdentity, part: string, offering: Connected['offering']) {
  const id = partId(line.id, part)
  const { terms } = offering
  return {
    ...aroundLine(call, line),
    id,
    href: hrefOf(call, 'productInventory', 'product', id),
    name: wordsFor(call, terms.title),
    description: wordsFor(call, terms.summary),
    productOffering: {
      id: offering.id,
      href: hrefOf(call, 'productCatalogManagement', 'productOffering', offering.id),
      name: wordsFor(call, terms.title),
      '@referredType': 'ProductOffering',
    },
    productRelationship: [
      {
        relationshipType: 'reliesOn',
        product: { id: line.id, href: hrefOf(call, 'productInventory', 'product', line.id) },
      },
    ],
  }
}
