import { textOf } from '../../messages/index.ts'
import type { RefundFacts } from '../care/my/index.ts'
import { maskNumber } from '../care/subscribers/index.ts'

/** A request for money back in the person's language, with every fact that an agent would ask for. */
export function refundText(
  { msisdn, title, partner, since, feeKopecks, charge, spentKopecks, consent, words }: RefundFacts,
  locale: 'ru' | 'en',
  timeZone: string,
): string {
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'RUB' })
  const date = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' })
  const facts = textOf(locale, 'my-refund', {
    title,
    partner,
    number: maskNumber(msisdn),
    since: date.format(since),
    fee: money.format(feeKopecks / 100),
    every: everyOf(charge, locale),
    spent: money.format(spentKopecks / 100),
    consent: consent
      ? textOf(locale, 'my-refund-consent', {
          at: date.format(new Date(consent.at)),
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
