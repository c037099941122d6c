import type { Order } from '../../../contracts/orders.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoney } from '../../shared/format/index.ts'
import type { Words } from '../locales/ru.ts'

/** What was done to a line, in a few words, with where it stands. */
export function orderText({ request, state, by }: Order, w: Words, locale: Locale): string {
  const what = w.orders.kinds[request.kind]
  const sum =
    'amountKopecks' in request && request.amountKopecks !== null
      ? ` · ${formatMoney(request.amountKopecks, locale)}`
      : ''
  const who = by.kind === 'agent' && by.name ? ` · ${by.name}` : ''
  return `${what}${sum} — ${w.orders.states[state]}${who}`
}
