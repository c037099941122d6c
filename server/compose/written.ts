type Locale = 'ru' | 'en'

/** English here is that of the screens: 26 November, ₽160. */
const TAGS = { ru: 'ru-RU', en: 'en-GB' } as const

/** Money in a message as the screens write it: kopecks only where there are some. */
export const writtenMoney = (kopecks: number, locale: Locale): string =>
  new Intl.NumberFormat(TAGS[locale], {
    style: 'currency',
    currency: 'RUB',
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
  }).format(kopecks / 100)

/** A day in a message: 26 ноября 2026 г. */
export const writtenDay = (at: Date, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(TAGS[locale], { timeZone, dateStyle: 'long' }).format(at)

/** A moment in a message, whose readers may live by other clocks: 26 November 2026 at 22:44 (Moscow Time). */
export function writtenMoment(at: Date, locale: Locale, timeZone: string): string {
  const moment = new Intl.DateTimeFormat(TAGS[locale], { timeZone, dateStyle: 'long', timeStyle: 'short' })
  const named = new Intl.DateTimeFormat(TAGS[locale], { timeZone, timeZoneName: 'shortGeneric' })
  const zone = named.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  return `${moment.format(at)} (${zone})`
}
