import type { z } from 'zod'
import { textOf } from '../../messages/index.ts'
import type { MyRoom } from '../care/my/index.ts'
import {
  type ContactPointDescription,
  describeContactPoints,
  findProvedPoints,
  localeOfLine,
  subscribersOfParties,
} from '../care/subscribers/index.ts'
import { appendNote, type Door, type OutgoingMessage, type SendResult } from '../care/timeline/index.ts'
import type { LineNotice } from '../operator/edge/index.ts'
import { type Executor, inTransaction } from '../platform/database/index.ts'
import { newId } from '../platform/identifiers.ts'
import { addJob } from '../platform/jobs/index.ts'
import { tellElsewhereJob } from './job-kinds.ts'

type Told = z.output<(typeof tellElsewhereJob)['payload']>

/** Notices that concern a lost SIM: the phone itself may be in a stranger's hands. */
const MESSAGES: Readonly<Record<string, Told['message']>> = {
  'line-blocked': 'lost-blocked',
  'line-unblocked': 'lost-unblocked',
}

/**
 * A SIM was blocked as lost, or that block was lifted: whoever owns or uses the line hears of it wherever it was proved that it is they, beside
 * the number itself. Anybody may have done it who knew the code word or held the phone. Not where the assistant was asked for it and has said
 * that it is done; whoever told it a code word was not, for its answer does not say whether that was right.
 */
export async function tellElsewhere(tx: Executor, my: MyRoom, event: LineNotice): Promise<void> {
  const { lineId, msisdn, notice, facts, askedFrom } = event
  const message = facts.reason === 'lost' ? MESSAGES[notice] : undefined
  if (message === undefined) return
  const line = await my.edge.findLine(tx, lineId)
  const parties = (line?.people ?? []).filter(({ role }) => role !== 'trusted')
  const people = await subscribersOfParties(
    tx,
    parties.map(({ partyId }) => partyId),
  )
  const locale = (await localeOfLine(tx, lineId)) ?? 'ru'
  for (const subscriberId of people.values()) {
    const points = await findProvedPoints(tx, subscriberId, my.clock.now())
    const others = points.filter(
      ({ id, channel, address }) => id !== askedFrom && !(channel === 'sms' && digits(address) === msisdn),
    )
    for (const { id } of others)
      await addJob(
        tx,
        tellElsewhereJob,
        { contactPointId: id, message, locale, id: newId(my.clock) },
        { maxAttempts: 5 },
      )
  }
}

/** Somebody asked for it by SMS from the number itself, and has the answer there. */
export async function isAnsweredBySms(
  tx: Executor,
  { clock }: Pick<MyRoom, 'clock'>,
  { askedFrom, msisdn }: LineNotice,
): Promise<boolean> {
  if (askedFrom === undefined) return false
  const point = (await describeContactPoints(tx, [askedFrom], clock.now())).get(askedFrom)
  return point?.channel === 'sms' && digits(point.address) === msisdn
}

const digits = (address: string): string => address.replace(/\D/g, '')

/**
 * Tells it at one contact point, past the timeline as all notices go: the order itself stands there. For a job; throws to be tried again, unless
 * it was the last time. What did not arrive, or may not have, is noted there for the staff: somebody who has lost their phone may not know.
 */
export async function tellAt(my: MyRoom, told: Told, last: boolean): Promise<void> {
  const { db, clock, timeline } = my
  const point = (await describeContactPoints(db, [told.contactPointId], clock.now())).get(told.contactPointId)
  if (!point || point.erased) return
  const door = await timeline.context.doors.find(point.channelAccountId)
  if (!door || door.account.policy === 'invite-only') return
  if (point.channel === 'email' || point.channel === 'sms') return tellByHouse(my, point, told)
  // Whose side reads the lane itself sees the line's state in My.
  if (door.adapter.delivery !== 'push') return
  const result = await tellThrough(door, point, told, my.publicUrl)
  if (!result || result.outcome === 'sent') return
  if (result.outcome === 'retry' && !last) throw new Error(`not told: ${result.reason}`)
  await noteUntold(my, told, result.outcome === 'unknown' ? 'unknown' : 'failed', result.reason)
}

function noteUntold(
  { db, timeline }: MyRoom,
  { contactPointId, message }: Told,
  outcome: 'failed' | 'unknown',
  reason: string,
): Promise<void> {
  const words = (locale: 'ru' | 'en') => textOf(locale, `${message}-${outcome}`, { reason })
  return inTransaction(db, (tx) =>
    appendNote(tx, timeline.context, contactPointId, { ru: words('ru'), en: words('en') }),
  )
}

/** By mail and SMS, as codes go. */
function tellByHouse(
  my: MyRoom,
  { channel, address }: ContactPointDescription,
  { id: reference, message, locale }: Told,
): Promise<void> {
  const text = textOf(locale, message, { site: my.publicUrl })
  return inTransaction(my.db, (tx) =>
    channel === 'sms'
      ? my.subscribers.sms.send(tx, { msisdn: digits(address), text, reference, kind: 'notice' })
      : my.mail.send(tx, { address, subject: textOf(locale, `${message}-subject`), text, reference }),
  )
}

async function tellThrough(
  { account, adapter }: Door,
  { id: laneId, address }: ContactPointDescription,
  { id, message, locale }: Told,
  site: string,
): Promise<SendResult | undefined> {
  const text = textOf(locale, message, { site })
  const bare = { buttons: [], files: [], inReplyTo: null, references: [], subject: null }
  const outgoing: OutgoingMessage = { ...bare, id, laneId, seq: 0, address, text, automatic: true }
  return adapter.send?.(account, outgoing)
}
