import type { OrderOnTimeline } from '../../../contracts/entries.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatMoney } from '../../shared/format/index.ts'
import type { Words } from '../locales/ru.ts'

/** What was done to a line, in a few words, with where it stands. */
export function orderText({ request, state, by }: OrderOnTimeline, w: Words, locale: Locale): string {
  const kinds: Readonly<Record<string, string>> = w.orders.kinds
  const { kind, amountKopecks, reason } = request
  // Settings and Home call a number that its owner has stopped for a while paused: so does the story.
  const what = kind === 'block-line' && reason === 'voluntary' ? w.orders.pause : (kinds[kind] ?? kind)
  const sum = typeof amountKopecks === 'number' ? ` · ${formatMoney(amountKopecks, locale)}` : ''
  const who = by.kind === 'agent' && by.name ? ` · ${by.name}` : ''
  return `${what}${sum} — ${w.orders.states[state]}${who}`
}
