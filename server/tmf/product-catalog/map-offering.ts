import type { Catalogue, Offering, OfferingTerms } from '../../../contracts/catalogue.ts'
import { type Call, hrefOf, wordsFor } from '../core/call.ts'
import { UNITS } from '../core/common.ts'
import { categoriesOf } from './categories.ts'
import { pricesOf } from './map-price.ts'
import { type ProductOffering, TERMS } from './schema.ts'

/** An offering as TM Forum's product offering. `inForce`: the catalogue as it is now, for what it refers to by code. */
export function mapOffering(call: Call, inForce: Catalogue, offering: Offering): ProductOffering {
  const { id, terms } = offering
  const current = inForce.offerings.some((one) => one.id === id)
  return {
    id,
    href: hrefOf(call, 'productCatalogManagement', 'productOffering', id),
    '@type': 'ProductOffering',
    name: wordsFor(call, terms.title),
    description: wordsFor(call, terms.summary),
    lifecycleStatus: current && !terms.archived ? 'Launched' : 'Retired',
    isBundle: false,
    isSellable: current && isSellable(call, terms),
    validFor: {
      ...(terms.validFrom !== null && { startDateTime: terms.validFrom }),
      ...(terms.validTo !== null && { endDateTime: terms.validTo }),
    },
    category: categoriesOf(call, terms),
    productOfferingPrice: pricesOf(call, offering).map((price) => ({
      id: price.id,
      href: price.href,
      name: price.name,
      '@referredType': 'ProductOfferingPrice',
    })),
    productOfferingRelationship: relationshipsOf(call, inForce, terms),
    productOfferingTerm:
      (terms.kind === 'option' || terms.kind === 'discount') && terms.days !== null
        ? [{ name: 'validity', duration: { amount: terms.days, units: 'day' } }]
        : [],
    prodSpecCharValueUse: characteristicsOf(terms),
  }
}

function isSellable({ room }: Call, { kind, archived, validFrom, validTo }: OfferingTerms): boolean {
  const now = room.clock.now().getTime()
  const began = validFrom === null || Date.parse(validFrom) <= now
  const goesOn = validTo === null || now < Date.parse(validTo)
  return kind !== 'discount' && kind !== 'zone' && !archived && began && goesOn
}

function relationshipsOf(call: Call, { offerings }: Catalogue, terms: OfferingTerms) {
  if (terms.kind !== 'option') return []
  const named = (codes: readonly string[], relationshipType: string) =>
    offerings
      .filter((one) => codes.includes(one.terms.code))
      .map((one) => ({
        id: one.id,
        href: hrefOf(call, 'productCatalogManagement', 'productOffering', one.id),
        name: wordsFor(call, one.terms.title),
        relationshipType,
      }))
  return [...named(terms.requires, 'requires'), ...named(terms.excludes, 'excludes')]
}

function characteristicsOf(terms: OfferingTerms): ProductOffering['prodSpecCharValueUse'] {
  const packages = terms.kind === 'tariff' || terms.kind === 'option' ? terms.packages : []
  const use = (name: string, value: unknown, unitOfMeasure?: string) => ({
    name,
    valueType: typeof value,
    productSpecCharacteristicValue: [{ value, ...(unitOfMeasure !== undefined && { unitOfMeasure }) }],
  })
  return [
    use('code', terms.code),
    ...packages.map(({ type, amount }) => use(type, amount ?? 'unlimited', UNITS[type])),
    ...(terms.kind === 'content' ? [use('partner', terms.partner.name)] : []),
    use(TERMS, terms),
  ]
}
