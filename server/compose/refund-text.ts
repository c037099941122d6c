import { textOf } from '../../messages/index.ts'
import type { RefundFacts } from '../care/my/index.ts'
import { maskNumber } from '../care/subscribers/index.ts'
import { writtenDay, writtenMoney } from './written.ts'

/** A request for money back in the person's language, with every fact that an agent would ask for. */
export function refundText(
  { msisdn, title, partner, since, feeKopecks, charge, spentKopecks, consent, words }: RefundFacts,
  locale: 'ru' | 'en',
  timeZone: string,
): string {
  const facts = textOf(locale, 'my-refund', {
    title,
    partner,
    number: maskNumber(msisdn),
    since: writtenDay(since, locale, timeZone),
    fee: writtenMoney(feeKopecks, locale),
    every: everyOf(charge, locale),
    spent: writtenMoney(spentKopecks, locale),
    consent: consent
      ? textOf(locale, 'my-refund-consent', {
          at: writtenDay(new Date(consent.at), locale, timeZone),
          through: throughOf(consent.through, locale),
          words: consent.words,
        })
      : textOf(locale, 'my-refund-no-consent'),
  })
  return words.trim() === '' ? facts : `${words.trim()}\n\n${facts}`
}

const THROUGH = ['my', 'desk', 'chat', 'voice', 'api', 'rule'] as const

/** Where it was agreed to; what a partner told of it in its own words stays as it is. */
function throughOf(through: string, locale: 'ru' | 'en'): string {
  const known = THROUGH.find((one) => one === through)
  return known ? textOf(locale, `through-${known}`) : through
}

function everyOf(charge: string, locale: 'ru' | 'en'): string {
  if (charge === 'daily') return textOf(locale, 'charge-daily')
  if (charge === 'weekly') return textOf(locale, 'charge-weekly')
  if (charge === 'monthly') return textOf(locale, 'charge-monthly')
  return textOf(locale, 'charge-once')
}
