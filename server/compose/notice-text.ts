import { type MessageKey, textOf } from '../../messages/index.ts'
import type { MyRoom } from '../care/my/index.ts'
import type { LineNotice } from '../operator/edge/index.ts'

/** What a person hears of their line, by the code of the notice. */
const TEXTS = {
  'fee-near': 'notice-fee-near',
  'fee-not-covered': 'notice-fee-not-covered',
  'line-active-again': 'notice-line-active-again',
  'option-paused': 'notice-option-paused',
  'content-paused': 'notice-content-paused',
  'option-ended': 'notice-option-ended',
  'tariff-changed': 'notice-tariff-changed',
  'promised-overdue': 'notice-promised-overdue',
  'promised-repaid': 'notice-promised-repaid',
  'line-blocked': 'notice-line-blocked',
  'line-unblocked': 'notice-line-unblocked',
  'content-banned': 'notice-content-banned',
  'data-nearly-spent': 'notice-data-nearly-spent',
  'data-spent': 'notice-data-spent',
  'voice-nearly-spent': 'notice-voice-nearly-spent',
  'voice-spent': 'notice-voice-spent',
  'sms-nearly-spent': 'notice-sms-nearly-spent',
  'sms-spent': 'notice-sms-spent',
  'usage-money-ended': 'notice-usage-money-ended',
  'usage-limit-reached': 'notice-usage-limit-reached',
  'auto-topped-up': 'notice-auto-topped-up',
  'auto-top-up-failed': 'notice-auto-top-up-failed',
  'auto-top-up-limit': 'notice-auto-top-up-limit',
  'auto-top-up-off': 'notice-auto-top-up-off',
  'access-offered': 'notice-access-offered',
  'settings-internet': 'notice-settings-internet',
  'settings-mms': 'notice-settings-mms',
} as const satisfies Readonly<Record<string, MessageKey>>

const hasText = (notice: string): notice is keyof typeof TEXTS => Object.hasOwn(TEXTS, notice)

/** The SMS of a notice in the person's language; undefined: it is nothing that people are told in words. */
export function noticeText(
  { notice, facts }: Pick<LineNotice, 'notice' | 'facts'>,
  locale: 'ru' | 'en',
  { publicUrl: site, accessPoints }: Pick<MyRoom, 'publicUrl' | 'accessPoints'>,
): string | undefined {
  if (!hasText(notice)) return undefined
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'RUB' })
  const written = (name: string, fact: string | number): string => {
    if (typeof fact !== 'number') return name === 'day' ? dayText(fact, locale) : fact
    return /kopecks$/i.test(name) ? money.format(fact / 100) : amountText(notice, fact, locale)
  }
  const shown = Object.entries(facts).map(([name, fact]) => [name, written(name, fact)])
  return textOf(locale, TEXTS[notice], { ...Object.fromEntries(shown), ...accessPoints, site })
}

/** A day of the line's calendar, `2026-02-28`, as people say it. */
const dayText = (day: string, locale: 'ru' | 'en'): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(day))

const MEGABYTE = 1024 ** 2
const UNITS = {
  ru: { mb: 'МБ', gb: 'ГБ', minutes: 'мин' },
  en: { mb: 'MB', gb: 'GB', minutes: 'min' },
} as const

/** What a notice about packages counts, in its unit: `data-…` bytes, `voice-…` seconds, `sms-…` pieces. */
function amountText(notice: string, amount: number, locale: 'ru' | 'en'): string {
  const units = UNITS[locale]
  const written = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  if (notice.startsWith('voice-')) return `${written(Math.floor(amount / 60))} ${units.minutes}`
  if (notice.startsWith('sms-')) return `${written(amount)} SMS`
  if (!notice.startsWith('data-')) return String(amount)
  if (amount < 1024 * MEGABYTE) return `${written(Math.floor(amount / MEGABYTE))} ${units.mb}`
  return `${written(amount / (1024 * MEGABYTE), 1)} ${units.gb}`
}
