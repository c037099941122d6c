import type { CallBack } from '../../../contracts/conversations.ts'
import type { Locale } from '../../../contracts/primitives.ts'

/** How a promised call stands: its time has not come, it has, or the day on which it was promised is over. */
export type CallBackState = 'coming' | 'due' | 'overdue'

/** `now` in milliseconds; the day ends where the person is. */
export function stateOfCallBack({ at, timeZone }: CallBack, now: number): CallBackState {
  if (now < Date.parse(at)) return 'coming'
  const dayOf = (instant: number) => new Date(instant).toLocaleDateString('sv', { timeZone })
  return dayOf(now) === dayOf(Date.parse(at)) ? 'due' : 'overdue'
}

/** The promised moment by the person’s clock, with where that clock is. */
export function sayCallBack({ at, timeZone }: CallBack, locale: Locale): { at: string; zone: string } {
  const date = new Date(at)
  const tag = locale === 'ru' ? 'ru' : 'en-GB'
  const said = new Intl.DateTimeFormat(tag, {
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(date)
  return { at: said, zone: zoneByMoscow(timeZone, date, locale) }
}

/**
 * Where a clock stands against Moscow’s, as Russians say it: МСК, МСК+7. Browsers name zones in their own way, some of them in English alone.
 */
function zoneByMoscow(timeZone: string, date: Date, locale: Locale): string {
  const ahead = (minutesFromUtc(timeZone, date) - minutesFromUtc('Europe/Moscow', date)) / 60
  const moscow = locale === 'ru' ? 'МСК' : 'MSK'
  if (ahead === 0) return moscow
  return `${moscow}${ahead > 0 ? '+' : '−'}${Math.abs(ahead)}`
}

function minutesFromUtc(timeZone: string, date: Date): number {
  const said = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(said ?? '') ?? []
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return sign === '-' ? -size : size
}
