import type { z } from 'zod'
import type { Charge, Offering, OfferingTerms, TariffTerms } from '../../../contracts/catalogue.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { moneyOf, UNITS } from '../core/common.ts'
import { partId } from '../core/ids.ts'
import type { ProductOfferingPrice } from './schema.ts'

type Price = Pick<
  z.input<typeof ProductOfferingPrice>,
  | 'priceType'
  | 'price'
  | 'percentage'
  | 'recurringChargePeriodType'
  | 'recurringChargePeriodLength'
  | 'unitOfMeasure'
> & { readonly part: string }

const PERIODS: Readonly<Record<Exclude<Charge, 'once'>, [type: string, length: number]>> = {
  daily: ['day', 1],
  weekly: ['week', 1],
  monthly: ['month', 1],
}

/** All that an offering costs or takes off, as prices with ids of their own. */
export function pricesOf(call: Call, { id, terms }: Offering): ProductOfferingPrice[] {
  return priceParts(terms).map(({ part, ...price }) => ({
    id: partId(id, part),
    href: hrefOf(call, 'productCatalogManagement', 'productOfferingPrice', partId(id, part)),
    '@type': 'ProductOfferingPrice',
    name: `${wordsFor(call, terms.title)}: ${part}`,
    lifecycleStatus: terms.archived ? 'Retired' : 'Launched',
    isBundle: false,
    ...price,
  }))
}

function priceParts(terms: OfferingTerms): Price[] {
  switch (terms.kind) {
    case 'tariff':
      return [
        recurring('fee', terms.feeKopecks, terms.period === 'month' ? ['month', 1] : ['day', 30]),
        ...ratesOf(terms),
      ]
    case 'zone':
      return ratesOf(terms)
    case 'option':
      return [
        ...(terms.connectionKopecks > 0 ? [once('connection', terms.connectionKopecks)] : []),
        fee(terms.feeKopecks, terms.charge),
      ]
    case 'content':
      return [fee(terms.feeKopecks, terms.charge)]
    case 'discount':
      return [{ part: 'discount', priceType: 'discount', percentage: terms.percent }]
  }
}

const ratesOf = ({ rates }: Pick<TariffTerms, 'rates'>): Price[] =>
  rates.map(({ type, step, kopecks }) => ({
    part: `rate-${type}`,
    priceType: 'usage',
    price: moneyOf(kopecks),
    unitOfMeasure: { amount: step, units: UNITS[type] },
  }))

const once = (part: string, kopecks: number): Price => ({
  part,
  priceType: 'oneTime',
  price: moneyOf(kopecks),
})

const fee = (kopecks: number, charge: Charge): Price =>
  charge === 'once' ? once('fee', kopecks) : recurring('fee', kopecks, PERIODS[charge])

const recurring = (part: string, kopecks: number, [type, length]: readonly [string, number]): Price => ({
  part,
  priceType: 'recurring',
  price: moneyOf(kopecks),
  recurringChargePeriodType: type,
  recurringChargePeriodLength: length,
})
