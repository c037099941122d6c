import type { FlowWords } from '../../../../contracts/flows.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { timeZoneOf } from '../../subscribers/index.ts'
import type { Leaving } from '../../timeline/index.ts'
import { type Effect, sayPhone, sayValue } from '../engine/index.ts'
import { OPERATORS_ZONE } from '../operators-zone.ts'

type Promised = Extract<Effect, { kind: 'call-back' }>

/** A call-back as people find it: due from the morning of its day on, by the clock of whoever waits for it. */
export async function promiseCall(
  db: Executor,
  { day, msisdn }: Promised,
  contactPointId: string,
): Promise<NonNullable<Leaving['callBack']>> {
  const timeZone = (await timeZoneOf(db, contactPointId)) ?? OPERATORS_ZONE
  return { at: morningOf(day, timeZone), timeZone, msisdn }
}

/** What people go on from, with the call that was promised. */
export function noteOfCall({ ru, en }: FlowWords, { day, msisdn }: Promised): FlowWords {
  const number = msisdn === null ? '' : `, ${sayPhone(msisdn)}`
  return {
    ru: `${ru}\nПерезвонить: ${sayValue({ day }, 'ru')}${number}.`,
    en: `${en}\nCall back: ${sayValue({ day }, 'en')}${number}.`,
  }
}

/** When the working day begins somewhere. */
function morningOf(day: string, timeZone: string): Date {
  const asIfUtc = new Date(`${day}T09:00:00Z`)
  const shown = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(
    asIfUtc,
  )
  const ahead = Date.parse(`${shown.replace(' ', 'T')}Z`) - asIfUtc.getTime()
  return new Date(asIfUtc.getTime() - ahead)
}
