import type { TFunction } from 'i18next'
import type { TrafficType } from '../../../contracts/amounts.ts'
import { MARKET_UNIT } from '../../../contracts/market.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoney, formatVolume } from '../../shared/format/index.ts'

/** A lot, or whatever has its size and price. */
export interface Sized {
  readonly type: TrafficType
  readonly units: number
  readonly priceKopecks: number
}

/** A number of units as a volume: 5 ГБ, 100 мин. */
export const sizeOf = (type: TrafficType, units: number, locale: Locale): string =>
  formatVolume(type, units * MARKET_UNIT[type], locale)

/** 5 ГБ за 120 ₽. */
export const lotText = ({ type, units, priceKopecks }: Sized, t: TFunction, locale: Locale): string =>
  t('market.forPrice', { size: sizeOf(type, units, locale), money: formatMoney(priceKopecks, locale) })

/** 24 ₽ за ГБ. */
export const unitPriceText = ({ type, units, priceKopecks }: Sized, t: TFunction, locale: Locale): string =>
  t(`market.perUnit.${type}`, { money: formatMoney(Math.round(priceKopecks / units), locale) })
