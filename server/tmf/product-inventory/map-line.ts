import type { z } from 'zod'
import type { LineIdentity, OperatorEdge } from '../../operator/edge/index.ts'
import { type Call, hrefOf, numberFor, wordsFor } from '../core/call.ts'
import { characteristic, moneyOf } from '../core/common.ts'
import { peopleOf } from '../core/people.ts'
import { type Product, SETTINGS, type Settings } from './schema.ts'

type Read = NonNullable<Awaited<ReturnType<OperatorEdge['readLine']>>>

type SettingsRead = z.infer<typeof Settings>

const STATUS = {
  active: 'active',
  suspended: 'suspended',
  blocked: 'suspended',
  ended: 'terminated',
} as const

/** What every product of a line has. */
export function aroundLine(call: Call, line: LineIdentity) {
  return {
    '@type': 'Product',
    isBundle: false,
    isCustomerVisible: true,
    productSerialNumber: numberFor(call, line.msisdn),
    billingAccount: {
      id: line.id,
      href: hrefOf(call, 'accountManagement', 'billingAccount', line.id),
      '@referredType': 'BillingAccount',
    },
    relatedParty: peopleOf(call, line),
  }
}

/** The line itself: its tariff as a product. */
export function mapLine(
  call: Call,
  identity: LineIdentity,
  { value: line, asOf }: Read,
  settings: SettingsRead | undefined,
): Product {
  const { id, tariff } = line
  const { terms } = tariff
  const fee = terms.kind === 'tariff' ? terms.feeKopecks : 0
  return {
    ...aroundLine(call, identity),
    id,
    href: hrefOf(call, 'productInventory', 'product', id),
    name: wordsFor(call, terms.title),
    description: wordsFor(call, terms.summary),
    status: STATUS[line.state],
    productOffering: {
      id: tariff.id,
      href: hrefOf(call, 'productCatalogManagement', 'productOffering', tariff.id),
      name: wordsFor(call, terms.title),
      '@referredType': 'ProductOffering',
    },
    productPrice: [
      {
        name: 'fee',
        priceType: 'recurring',
        recurringChargePeriod: terms.kind === 'tariff' ? terms.period : 'month',
        price: { taxIncludedAmount: moneyOf(fee) },
      },
    ],
    productTerm: [],
    productRelationship: [],
    productCharacteristic: [
      ...characteristic('lineState', line.state),
      ...characteristic('blockedFor', line.blockedFor),
      ...characteristic('region', line.region),
      ...characteristic('timeZone', line.timeZone),
      ...characteristic('nextTariff', line.nextTariff?.id),
      ...characteristic('contentBanned', line.contentBanned),
      ...characteristic('coming', line.coming),
      ...characteristic('moneyEndsAt', line.moneyEndsAt),
      ...characteristic('promised', line.promised),
      ...characteristic(SETTINGS, settings && shownSettings(call, settings)),
      ...characteristic('asOf', asOf.toISOString()),
    ],
  }
}

/** Settings with other people's numbers as this caller may see them. */
const shownSettings = (
  call: Call,
  { offered: _ours, former: _past, ...settings }: SettingsRead,
): SettingsRead => ({
  ...settings,
  forwarding: settings.forwarding.map((one) => ({ ...one, toMsisdn: numberFor(call, one.toMsisdn) })),
})
