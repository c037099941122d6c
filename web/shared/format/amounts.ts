import type { TrafficType } from '../../../contracts/amounts.ts'
import type { Locale } from '../../../contracts/primitives.ts'

const NBSP = '\u00a0'
const UNITS = {
  ru: { bytes: ['Б', 'КБ', 'МБ', 'ГБ'], minute: 'мин', hour: 'ч', day: 'дн', second: 'с' },
  en: { bytes: ['B', 'KB', 'MB', 'GB'], minute: 'min', hour: 'h', day: 'd', second: 's' },
} as const
const TAG = { ru: 'ru-RU', en: 'en-GB' } as const

/** A size as people read it: 840 КБ, 1,2 МБ (powers of 1024). */
export function formatBytes(bytes: number, locale: Locale): string {
  const power = Math.min(3, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 1024 ** power
  const digits = power > 0 && value < 10 ? 1 : 0
  return `${value.toLocaleString(TAG[locale], { maximumFractionDigits: digits })}${NBSP}${UNITS[locale].bytes[power]}`
}

/** A stretch of time in its two largest units: 40 с, 5 мин, 2 ч 10 мин, 3 дн. */
export function formatDuration(ms: number, locale: Locale): string {
  const unit = UNITS[locale]
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return `${Math.max(0, Math.floor(ms / 1000))}${NBSP}${unit.second}`
  if (minutes < 60) return `${minutes}${NBSP}${unit.minute}`
  const hours = Math.floor(minutes / 60)
  if (hours >= 24) return `${Math.floor(hours / 24)}${NBSP}${unit.day}`
  const rest = minutes % 60
  return rest && hours < 10
    ? `${hours}${NBSP}${unit.hour}${NBSP}${rest}${NBSP}${unit.minute}`
    : `${hours}${NBSP}${unit.hour}`
}

/** What stands between roubles and kopecks where somebody types them. */
export const decimalMark = (locale: Locale) => (locale === 'ru' ? ',' : '.')

/** A counter that the server counts up to 1000: 999+. */
export const formatCount = (count: number) => (count > 999 ? '999+' : String(count))

/** Money as people read it: 250 ₽, 12,50 ₽, −90 ₽; ₽250 in English. Kopecks stand only where there are some. */
export function formatMoney(kopecks: number, locale: Locale): string {
  const digits = kopecks % 100 === 0 ? 0 : 2
  const amount = (Math.abs(kopecks) / 100).toLocaleString(TAG[locale], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  const sign = kopecks < 0 ? '−' : ''
  return locale === 'ru' ? `${sign}${amount}${NBSP}₽` : `${sign}₽${amount}`
}

/** A share as people read it: 78 %, 7,5 %; 78% in English. */
export function formatShare(share: number, locale: Locale, digits = 0): string {
  return share.toLocaleString(TAG[locale], { style: 'percent', maximumFractionDigits: digits })
}

/** Traffic in the unit of its type: 5 ГБ, 300 мин, 1 мин 30 с, 50 SMS. */
export function formatVolume(type: TrafficType, amount: number, locale: Locale): string {
  if (type === 'data') return formatBytes(amount, locale)
  if (type === 'sms') return `${amount.toLocaleString(TAG[locale])}${NBSP}SMS`
  const unit = UNITS[locale]
  const [minutes, seconds] = [Math.floor(amount / 60), amount % 60]
  const whole = `${minutes.toLocaleString(TAG[locale])}${NBSP}${unit.minute}`
  if (seconds === 0) return whole
  const rest = `${seconds}${NBSP}${unit.second}`
  return minutes === 0 ? rest : `${whole}${NBSP}${rest}`
}

const NUMBER_AND_UNIT = /^([\d.,\u00a0\u202f]+)\u00a0(\D+)$/

/** Two volumes that stand in one sentence: a unit that both have is said once, with the second. 195 and 200 SMS; 840 МБ and 5 ГБ. */
export function formatPair(first: string, second: string): readonly [string, string] {
  const [, number = '', unit] = NUMBER_AND_UNIT.exec(first) ?? []
  const isSame = unit !== undefined && NUMBER_AND_UNIT.exec(second)?.[2] === unit
  return [isSame ? number : first, second]
}

/** Shorter than this, seconds matter to who talks. */
const SECONDS_TELL_S = 600

/** What is left of a package: as `formatVolume`, but many minutes without their seconds, rounded down: 551 мин. */
export function formatLeft(type: TrafficType, amount: number, locale: Locale): string {
  const isLong = type === 'voice' && amount >= SECONDS_TELL_S
  return formatVolume(type, isLong ? amount - (amount % 60) : amount, locale)
}
