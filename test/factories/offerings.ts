import type {
  ContentTerms,
  DiscountTerms,
  OptionTerms,
  TariffTerms,
  ZoneTerms,
} from '../../contracts/catalogue.ts'

const words = (name: string) => ({
  code: name,
  title: { ru: `Название ${name}`, en: `Title of ${name}` },
  summary: { ru: `О чём ${name}`, en: `What ${name} is about` },
  validFrom: null,
  validTo: null,
  archived: false,
})

/** A tariff for 500 ₽ a month with 30 GB and 500 minutes. */
export const aTariff = (more: Partial<TariffTerms> = {}): TariffTerms => ({
  ...words('a-tariff'),
  kind: 'tariff',
  feeKopecks: 50_000,
  period: 'month',
  packages: [
    { type: 'data', amount: 30 * 1024 ** 3 },
    { type: 'voice', amount: 500 * 60 },
  ],
  carriesOver: true,
  rates: [{ type: 'sms', step: 1, kopecks: 250 }],
  regions: [],
  ...more,
})

/** An option for 100 ₽ a month with 5 GB. */
export const anOption = (more: Partial<OptionTerms> = {}): OptionTerms => ({
  ...words('an-option'),
  kind: 'option',
  category: 'internet',
  connectionKopecks: 0,
  feeKopecks: 10_000,
  charge: 'monthly',
  packages: [{ type: 'data', amount: 5 * 1024 ** 3 }],
  days: null,
  requires: [],
  excludes: [],
  countries: [],
  ...more,
})

/** A content subscription of a third party for 7 ₽ a day. */
export const aContent = (more: Partial<ContentTerms> = {}): ContentTerms => ({
  ...words('a-content'),
  kind: 'content',
  partner: { name: 'Партнёр', support: '8 800 000-00-00', shortNumber: '1234' },
  feeKopecks: 700,
  charge: 'daily',
  ...more,
})

/** Half of the fee of `a-tariff`. */
export const aDiscount = (more: Partial<DiscountTerms> = {}): DiscountTerms => ({
  ...words('a-discount'),
  kind: 'discount',
  why: { ru: 'Давно с нами', en: 'With us for long' },
  percent: 50,
  appliesTo: ['a-tariff'],
  days: null,
  ...more,
})

/** Everywhere abroad: 10 ₽ for a megabyte, 35 ₽ for a minute, 15 ₽ for a message. */
export const aZone = (more: Partial<ZoneTerms> = {}): ZoneTerms => ({
  ...words('a-zone'),
  kind: 'zone',
  countries: [],
  rates: [
    { type: 'data', step: 1024 ** 2, kopecks: 1_000 },
    { type: 'voice', step: 60, kopecks: 3_500 },
    { type: 'sms', step: 1, kopecks: 1_500 },
  ],
  ...more,
})
