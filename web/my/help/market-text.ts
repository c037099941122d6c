import { MARKET_UNIT, type MarketOnTimeline } from '../../../contracts/market.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoney, formatVolume } from '../../shared/format/index.ts'
import type { Words } from '../locales/ru.ts'

/** What happened to a line on the Market, in a few words. */
export function marketText(
  { event, items, kopecks, why }: MarketOnTimeline,
  w: Words,
  locale: Locale,
): string {
  const sizes = items.map(({ type, units, lots }) => {
    const size = formatVolume(type, units * MARKET_UNIT[type], locale)
    return lots === 1 ? size : `${lots} × ${size}`
  })
  const sum = kopecks === 0 ? '' : ` · ${formatMoney(kopecks, locale)}`
  const because = why ? ` — ${w.orders.market.why[why]}` : ''
  return `${w.orders.market[event]}: ${sizes.join(', ')}${sum}${because}`
}
