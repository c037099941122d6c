import type { Offering } from '../../../contracts/catalogue.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoney } from '../../shared/format/index.ts'
import type { Words } from '../locales/ru.ts'

/** What an offering costs, as people say it: 100 ₽ в месяц. `kopecks` is what the line pays, discounts taken off. */
export function priceOf({ terms }: Offering, w: Words, locale: Locale, kopecks?: number): string {
  if (terms.kind !== 'option' && terms.kind !== 'content') return ''
  const fee = kopecks ?? terms.feeKopecks
  const connection = terms.kind === 'option' ? terms.connectionKopecks : 0
  const parts = [
    ...(fee > 0 ? [`${formatMoney(fee, locale)} ${w.services.price[terms.charge]}`] : []),
    ...(connection > 0 && kopecks === undefined
      ? [`${formatMoney(connection, locale)} ${w.services.price.once}`]
      : []),
  ]
  return parts.join(' + ') || w.services.free
}
