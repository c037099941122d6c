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

/** A moment in a message: 26 November 2026 at 22:44. */
export const writtenMoment = (at: Date, locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(TAGS[locale], { timeZone, dateStyle: 'long', timeStyle: 'short' }).format(at)
