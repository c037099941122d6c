import { type MessageKey, textOf } from '../../messages/index.ts'
import type { MyRoom } from '../care/my/index.ts'
import type { LineNotice } from '../operator/edge/index.ts'

/** What a person hears of their line, by the code of the notice. */
const TEXTS = {
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
  const shown = Object.entries(facts).map(([name, fact]): [string, string] => [
    name,
    typeof fact === 'number' && /kopecks$/i.test(name) ? money.format(fact / 100) : String(fact),
  ])
  return textOf(locale, TEXTS[notice], { ...Object.fromEntries(shown), ...accessPoints, site })
}
