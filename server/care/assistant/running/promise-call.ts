import type { FlowWords } from '../../../../contracts/flows.ts'
import type { Executor } from '../../../platform/database/index.ts'
import { timeZoneOf } from '../../subscribers/index.ts'
import type { Leaving, Place } from '../../timeline/index.ts'
import { type Effect, sayPhone, sayValue } from '../engine/index.ts'
import { OPERATORS_ZONE } from '../operators-zone.ts'
import type { StoredDialog } from './dialog-store.ts'

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

/** A call that is due at nine may come until midnight. */
const COMES_WITHIN_MS = 15 * 3_600_000

/** While a call is promised that nobody of the staff has taken up, the assistant answers what else is written. Overdue ones are people's alone. */
export function isPromised(
  dialog: Pick<StoredDialog, 'status' | 'state'> | undefined,
  { conversation: { callBackAt } }: Place,
  now: Date,
): boolean {
  if (dialog?.status !== 'people' || dialog.state?.promised !== true || callBackAt === null) return false
  return callBackAt.getTime() + COMES_WITHIN_MS > now.getTime()
}

/** The day of the call that is promised at a place, by the clock of whoever waits for it; null: none is. */
export function dayOfCall({ conversation: { callBackAt, callBackZone } }: Place): string | null {
  if (callBackAt === null) return null
  return new Intl.DateTimeFormat('sv', { timeZone: callBackZone ?? OPERATORS_ZONE }).format(callBackAt)
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
