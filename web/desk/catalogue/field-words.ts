import type { TFunction } from 'i18next'
import { z } from 'zod'
import { TrafficType } from '../../../contracts/amounts.ts'
import { Charge, OptionCategory, Package, TariffTerms } from '../../../contracts/catalogue.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { countryName, formatMoment, formatMoney, formatVolume } from '../../shared/format/index.ts'

/** How a field is called in the words of the catalogue, by its path. */
export const LABELS = {
  code: 'code',
  'title.ru': 'titleRu',
  'title.en': 'titleEn',
  'summary.ru': 'summaryRu',
  'summary.en': 'summaryEn',
  validFrom: 'validFrom',
  validTo: 'validTo',
  archived: 'archived',
  feeKopecks: 'feeKopecks',
  period: 'period',
  packages: 'packages',
  carriesOver: 'carriesOver',
  rates: 'rates',
  regions: 'regions',
  category: 'category',
  connectionKopecks: 'connectionKopecks',
  charge: 'charge',
  days: 'days',
  requires: 'requires',
  excludes: 'excludes',
  countries: 'countries',
  'partner.name': 'partnerName',
  'partner.support': 'partnerSupport',
  'partner.shortNumber': 'partnerShortNumber',
  'why.ru': 'whyRu',
  'why.en': 'whyEn',
  percent: 'percent',
  appliesTo: 'appliesTo',
} as const

const hasLabel = (path: string): path is keyof typeof LABELS => path in LABELS

/** The name of a field; of a place within a list, the list's. */
export function fieldName(path: string, t: TFunction): string {
  const within = path.replace(/\.\d+(\..*)?$/, '')
  return hasLabel(within) ? t(`catalogue.field.${LABELS[within]}`) : path
}

export interface Words {
  readonly t: TFunction
  readonly locale: Locale
  readonly titleOf: (code: string) => string
}

/** One changed thing in words: what it is, how it was and how it will be. */
export interface ChangedThing {
  readonly what: string
  readonly before: string
  readonly after: string
}

const Packages = z.array(Package)
const Rates = TariffTerms.shape.rates
const Codes = z.array(z.string())

/** A changed field of a diff in words. Packages and rates are told by traffic: nobody reads lists of lists. */
export function changeInWords(
  { path, before, after }: { readonly path: string; readonly before: unknown; readonly after: unknown },
  words: Words,
): ChangedThing[] {
  if (path === 'packages')
    return byTraffic('package', packagesByType(before, words), packagesByType(after, words), words)
  if (path === 'rates') return byTraffic('rate', ratesByType(before, words), ratesByType(after, words), words)
  return [
    {
      what: fieldName(path, words.t),
      before: valueInWords(path, before, words),
      after: valueInWords(path, after, words),
    },
  ]
}

type ByType = ReadonlyMap<TrafficType, string>

function byTraffic(name: 'package' | 'rate', before: ByType, after: ByType, { t }: Words): ChangedThing[] {
  const nothing = t('catalogue.say.nothing')
  return TrafficType.options
    .map((type) => ({
      what: t(`catalogue.say.${name}`, { what: t(`catalogue.traffic.${type}`) }),
      before: before.get(type) ?? nothing,
      after: after.get(type) ?? nothing,
    }))
    .filter((one) => one.before !== one.after)
}

const packagesByType = (value: unknown, { t, locale }: Words): ByType =>
  new Map(
    Packages.catch([])
      .parse(value)
      .map(({ type, amount }) => [
        type,
        amount === null ? t('catalogue.say.unlimited') : formatVolume(type, amount, locale),
      ]),
  )

const ratesByType = (value: unknown, { t, locale }: Words): ByType =>
  new Map(
    Rates.catch([])
      .parse(value)
      .map(({ type, step, kopecks }) => [
        type,
        t('catalogue.say.per', {
          money: formatMoney(kopecks, locale),
          volume: formatVolume(type, step, locale),
        }),
      ]),
  )

type Say = (value: unknown, words: Words) => string

const money: Say = (value, { locale }) => formatMoney(Number(value), locale)
const yesOrNo: Say = (value, { t }) => t(value === true ? 'catalogue.say.yes' : 'catalogue.say.no')
const moment: Say = (value, { t, locale }) =>
  value === null ? t('catalogue.say.anytime') : formatMoment(String(value), locale)
const listOf =
  (one: (member: string, words: Words) => string, none: 'everywhere' | 'nothing' = 'nothing'): Say =>
  (value, words) => {
    const members = Codes.catch([]).parse(value)
    return members.length === 0
      ? words.t(`catalogue.say.${none}`)
      : members.map((member) => one(member, words)).join(', ')
  }
const titles = listOf((code, { titleOf }) => titleOf(code))

/** How values of a field are said; those of others are texts already. */
const SAY: Readonly<Record<string, Say>> = {
  archived: yesOrNo,
  carriesOver: yesOrNo,
  feeKopecks: money,
  connectionKopecks: money,
  validFrom: moment,
  validTo: moment,
  days: (value, { t }) =>
    value === null ? t('catalogue.say.unset') : t('catalogue.say.days', { count: Number(value) }),
  percent: (value, { t }) => t('catalogue.price.percent', { percent: Number(value) }),
  period: (value, { t }) => {
    const period = TariffTerms.shape.period.safeParse(value)
    return period.success ? t(`catalogue.period.${period.data}`) : String(value)
  },
  charge: (value, { t }) => {
    const charge = Charge.safeParse(value)
    return charge.success ? t(`catalogue.charge.${charge.data}`) : String(value)
  },
  category: (value, { t }) => {
    const category = OptionCategory.safeParse(value)
    return category.success ? t(`catalogue.category.${category.data}`) : String(value)
  },
  regions: listOf((name) => name, 'everywhere'),
  countries: listOf((code, { locale }) => countryName(code, locale)),
  requires: titles,
  excludes: titles,
  appliesTo: titles,
}

const valueInWords = (path: string, value: unknown, words: Words): string =>
  SAY[path]?.(value, words) ?? String(value)
