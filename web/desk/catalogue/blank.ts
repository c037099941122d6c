import type { OfferingTerms } from '../../../contracts/catalogue.ts'

export type Kind = OfferingTerms['kind']
export const KINDS = ['tariff', 'option', 'content', 'discount', 'zone'] as const satisfies readonly Kind[]

const words = { ru: '', en: '' }
const common = { code: '', title: words, summary: words, validFrom: null, validTo: null, archived: false }
/** A number that somebody has yet to give. */
const NOT_YET = Number.NaN

const BLANK: { readonly [K in Kind]: Extract<OfferingTerms, { kind: K }> } = {
  tariff: {
    kind: 'tariff',
    ...common,
    feeKopecks: NOT_YET,
    period: 'month',
    packages: [],
    carriesOver: true,
    rates: [],
    regions: [],
  },
  option: {
    kind: 'option',
    ...common,
    category: 'internet',
    connectionKopecks: 0,
    feeKopecks: NOT_YET,
    charge: 'monthly',
    packages: [],
    days: null,
    requires: [],
    excludes: [],
    countries: [],
  },
  content: {
    kind: 'content',
    ...common,
    partner: { name: '', support: '', shortNumber: '' },
    feeKopecks: NOT_YET,
    charge: 'daily',
  },
  discount: { kind: 'discount', ...common, why: words, percent: NOT_YET, appliesTo: [], days: null },
  zone: { kind: 'zone', ...common, countries: [], rates: [] },
}

/** A new offering of a kind, with nothing said yet. */
export const blankOf = (kind: Kind): OfferingTerms => structuredClone(BLANK[kind])

/** A code from an English title: «500 minutes!» → `500-minutes`. */
export const codeFrom = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
