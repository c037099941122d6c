import { z } from 'zod'
import { Charge } from '../../../contracts/catalogue.ts'
import { Connected, type LineServices } from '../../../contracts/lines.ts'
import type { Aged } from '../../operator/edge/index.ts'
import { Money } from '../core/common.ts'
import { partOf } from '../core/ids.ts'
import { Product } from '../product-inventory/schema.ts'
import { characteristicIn, kopecksOf } from './characteristics.ts'
import { PRODUCT } from './read-identity.ts'
import { type Asking, ageOf } from './read-line.ts'

export type ServicesRead = Omit<LineServices, 'asOf'>

/** What is connected to a line and what could be. */
export async function readRemoteServices(
  asking: Asking,
  lineId: string,
): Promise<Aged<ServicesRead> | undefined> {
  const { client, offerings, now } = asking
  const products = await client.list(PRODUCT, { 'billingAccount.id': lineId, limit: '1000' }, Product)
  const line = products.find(({ id }) => id === lineId)
  if (!line) return undefined
  const parts = products.filter((one) => one !== line)
  const [connected, discounts, options] = await Promise.all([
    Promise.all(parts.filter((one) => kindOf(one) !== 'discount').map((one) => connectedOf(asking, one))),
    Promise.all(parts.filter((one) => kindOf(one) === 'discount').map((one) => discountOf(asking, one))),
    offerings.listOptions(),
  ])
  const taken = new Set(connected.map(({ offering }) => offering.terms.code))
  return {
    value: {
      options: connected.filter(({ offering }) => offering.terms.kind === 'option'),
      content: connected.filter(({ offering }) => offering.terms.kind === 'content'),
      contentBanned: characteristicIn(line.productCharacteristic, 'contentBanned', z.boolean()) ?? false,
      discounts,
      available: options.filter(({ terms }) => !taken.has(terms.code)),
    },
    asOf: ageOf(line, now()),
  }
}

const kindOf = ({ productCharacteristic }: Product): string | undefined =>
  characteristicIn(productCharacteristic, 'kind', z.string())

async function connectedOf({ offerings, now }: Asking, product: Product): Promise<Connected> {
  const { id, startDate, productCharacteristic: told, productOffering, productPrice } = product
  const [price] = productPrice
  return {
    id: partOf(id) ?? id,
    offering: await offerings.find(productOffering.id),
    since: startDate ?? now().toISOString(),
    nextChargeAt: characteristicIn(told, 'nextChargeAt', Connected.shape.nextChargeAt) ?? null,
    feeKopecks: kopecksOf(price?.price.taxIncludedAmount.value ?? 0),
    charge: Charge.safeParse(price?.recurringChargePeriod).data ?? 'once',
    consent: characteristicIn(told, 'consent', Connected.shape.consent) ?? null,
    spentKopecks: kopecksOf(characteristicIn(told, 'spentIn30Days', Money)?.value ?? 0),
    ending: characteristicIn(told, 'ending', Connected.shape.ending) ?? null,
  }
}

async function discountOf({ offerings }: Asking, { id, productOffering, productTerm }: Product) {
  return {
    id: partOf(id) ?? id,
    offering: await offerings.find(productOffering.id),
    until: productTerm[0]?.validFor.endDateTime ?? null,
  }
}
