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
  const zone = new Intl.DateTimeFormat(tag, { timeZone, timeZoneName: 'shortGeneric' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')
  return { at: said, zone: zone?.value ?? timeZone }
}
