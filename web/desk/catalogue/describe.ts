import type { TFunction } from 'i18next'
import type { OfferingTerms } from '../../../contracts/catalogue.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoney, formatVolume } from '../../shared/format/index.ts'

/** What it costs, in a few words. */
export function priceOf(terms: OfferingTerms, t: TFunction, locale: Locale): string {
  const money = (kopecks: number) => (Number.isNaN(kopecks) ? '…' : formatMoney(kopecks, locale))
  switch (terms.kind) {
    case 'tariff':
      if (terms.feeKopecks === 0) return t('catalogue.price.noFee')
      return t(`catalogue.price.${terms.period}`, { money: money(terms.feeKopecks) })
    case 'option': {
      const connection = t('catalogue.price.connection', { money: money(terms.connectionKopecks) })
      const fee =
        terms.feeKopecks === 0
          ? t('catalogue.price.free')
          : t(`catalogue.price.${terms.charge}`, { money: money(terms.feeKopecks) })
      return terms.connectionKopecks === 0 ? fee : `${fee} ${connection}`
    }
    case 'content':
      return t(`catalogue.price.${terms.charge}`, { money: money(terms.feeKopecks) })
    case 'discount':
      return t('catalogue.price.percent', { percent: Number.isNaN(terms.percent) ? '…' : terms.percent })
    case 'zone':
      return joined(
        ...terms.rates.map(({ type, step, kopecks }) =>
          t('catalogue.say.per', {
            money: money(kopecks),
            volume: Number.isNaN(step) ? '…' : formatVolume(type, step, locale),
          }),
        ),
      )
  }
}

/** What one gets for it: packages, days, countries, regions; of content its partner, of a discount its reason. */
export function factsOf(terms: OfferingTerms, t: TFunction, locale: Locale): string {
  switch (terms.kind) {
    case 'tariff':
      return joined(packagesOf(terms, t, locale), terms.regions.join(', '))
    case 'option':
      return joined(
        packagesOf(terms, t, locale),
        terms.days === null ? '' : t('catalogue.facts.days', { count: terms.days }),
        terms.countries.length > 0 ? t('catalogue.facts.countries', { count: terms.countries.length }) : '',
      )
    case 'content':
      return terms.partner.name
    case 'discount':
      return joined(
        terms.why[locale],
        terms.days === null ? t('catalogue.facts.endless') : t('catalogue.facts.days', { count: terms.days }),
      )
    case 'zone':
      return terms.countries.length === 0
        ? t('catalogue.facts.elsewhere')
        : t('catalogue.facts.countries', { count: terms.countries.length })
  }
}

const joined = (...parts: string[]) => parts.filter((part) => part !== '').join(' · ')

const packagesOf = (
  { packages }: Extract<OfferingTerms, { packages: unknown }>,
  t: TFunction,
  locale: Locale,
): string =>
  joined(
    ...packages.map(({ type, amount }) => {
      if (amount === null) return t('catalogue.facts.unlimited', { what: t(`catalogue.traffic.${type}`) })
      return Number.isNaN(amount) ? '…' : formatVolume(type, amount, locale)
    }),
  )
