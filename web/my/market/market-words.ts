import type { TrafficType } from '../../../contracts/amounts.ts'
import { MARKET_UNIT, MarketObstacle, type Mood } from '../../../contracts/market.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { isProblem } from '../../shared/api/index.ts'
import { formatDay, formatMoment, formatMoney, formatVolume } from '../../shared/format/index.ts'
import { problemText } from '../../shared/problems/index.ts'
import { useWords } from '../app/words.ts'
import { marketEn } from '../locales/market-en.ts'
import { type MarketWords, marketRu } from '../locales/market-ru.ts'

const WORDS: Readonly<Record<Locale, MarketWords>> = { ru: marketRu, en: marketEn }

/** The words of the Market in the language that is spoken now. */
export function useMarketWords(): { readonly m: MarketWords; readonly locale: Locale } {
  const { locale } = useWords()
  return { m: WORDS[locale], locale }
}

export const MOOD_FACE: Readonly<Record<Mood, string>> = {
  devil: '😈',
  cool: '😎',
  cat: '😺',
  zipped: '🤐',
  scream: '😱',
  rich: '🤑',
  tongue: '😛',
  bomb: '💣',
}

/** A number of units as a volume: 5 ГБ, 100 мин. */
export const sizeOf = (type: TrafficType, units: number, locale: Locale): string =>
  formatVolume(type, units * MARKET_UNIT[type], locale)

/** What a unit of a lot costs, to the kopeck. */
export const unitPrice = (
  { units, priceKopecks }: { readonly units: number; readonly priceKopecks: number },
  locale: Locale,
): string => formatMoney(Math.round(priceKopecks / units), locale)

/** What is in the way, in a sentence or half of one. */
export function reasonText(
  { reason, facts = {} }: MarketObstacle,
  type: TrafficType,
  locale: Locale,
): string {
  const money = (value: unknown) => (typeof value === 'number' ? formatMoney(value, locale) : '')
  const number = (value: unknown) => (typeof value === 'number' ? String(value) : '')
  const size = (value: unknown) => (typeof value === 'number' ? sizeOf(type, value, locale) : '')
  const bound = { price: money, units: size, 'most-units': size, 'spent-today': money }
  const write = reason in bound ? bound[reason as keyof typeof bound] : number
  const { freeAt, until } = facts
  return WORDS[locale].reasons[reason]({
    min: write(facts.min),
    max: write(facts.max ?? facts.maxKopecks),
    kopecks: money(facts.kopecks),
    lacking: money(facts.lackingKopecks),
    units: size(facts.units),
    until:
      typeof freeAt === 'string'
        ? formatMoment(freeAt, locale)
        : typeof until === 'string'
          ? formatDay(until, locale)
          : '',
  })
}

/** What a refusal names as being in the way; empty for any other problem. */
export function obstaclesOf(problem: unknown): MarketObstacle[] {
  if (!isProblem(problem, 'market_refused')) return []
  const read = MarketObstacle.array().safeParse(problem.facts.obstacles)
  return read.success ? read.data : []
}

/** A problem in words: what is in the way if that was told. */
export function marketProblem(problem: unknown, type: TrafficType, locale: Locale): string {
  const told = obstaclesOf(problem).map((one) => reasonText(one, type, locale))
  return told.length > 0 ? told.join(' ') : problemText(problem, locale)
}
