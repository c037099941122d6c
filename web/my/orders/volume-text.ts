import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Locale } from '../../../contracts/primitives.ts'
import { formatVolume } from '../../shared/format/index.ts'
import type { Words } from '../locales/ru.ts'

const MINUTE_S = 60

/** A volume within a sentence, as people say it: 5 ГБ интернета, 500 минут, 50 SMS. `amount` null: as much as one likes. */
export function volumeText(w: Words, type: TrafficType, amount: number | null, locale: Locale): string {
  if (amount === null) return w.volume.unlimited[type]
  if (type === 'data') return w.volume.data(formatVolume(type, amount, locale))
  const isWhole = type === 'voice' && amount % MINUTE_S === 0
  return isWhole ? w.volume.minutes(amount / MINUTE_S) : formatVolume(type, amount, locale)
}
