import { textOf } from '../../../../messages/index.ts'
import { inTransaction, maybeOne, sql } from '../../../platform/database/index.ts'
import { type ContactPointDescription, describeContactPoints } from '../../subscribers/index.ts'
import type { Door } from '../accounts/doors.ts'
import { appendNote } from '../lanes/append-note.ts'
import type { OutboundContext } from './context.ts'
import { invitationIn } from './invite-elsewhere.ts'

/** Somebody has opened a door. */
export interface Opened {
  readonly laneId: string
  /** Where that stands on the lane. */
  readonly seq: number
  /** Names the greeting for the channel. */
  readonly id: string
}

/**
 * Greets whoever has opened a door and written nothing yet, with the words of that door; where one may only be invited elsewhere (41-FZ), with
 * the invitation. It belongs to no conversation, since nothing is asked: a note tells the staff that it was said. For a job; throws to be tried
 * again, unless it was the last time.
 */
export async function greet(context: OutboundContext, opened: Opened, last: boolean): Promise<void> {
  const { db, clock, doors } = context
  const { laneId } = opened
  const point = (await describeContactPoints(db, [laneId], clock.now())).get(laneId)
  if (!point || point.erased || point.mutedAs !== null || (await hasWrittenSince(context, opened))) return
  const door = await doors.find(point.channelAccountId)
  if (!door?.adapter.send || door.account.state === 'paused') return
  const text = await wordsOf(context, door, point)
  if (text === undefined) return
  const result = await door.adapter.send(door.account, {
    id: opened.id,
    laneId,
    seq: 0,
    address: point.address,
    text,
    buttons: [],
    files: [],
    inReplyTo: null,
    references: [],
    subject: null,
    automatic: true,
  })
  if (result.outcome === 'retry' && !last) throw new Error(`not greeted: ${result.reason}`)
  if (result.outcome === 'sent') await noteGreeting(context, laneId, text)
}

async function wordsOf(
  context: OutboundContext,
  { account, adapter }: Door,
  { locale }: ContactPointDescription,
): Promise<string | undefined> {
  const language = locale?.startsWith('en') ? 'en' : 'ru'
  if (account.policy === 'invite-only') return invitationIn(context, language)
  const greeting = adapter.greeting?.(account)
  return greeting?.[language] || greeting?.ru || greeting?.en || undefined
}

async function hasWrittenSince({ db }: OutboundContext, { laneId, seq }: Opened): Promise<boolean> {
  const written = await maybeOne(
    db,
    sql<{ seq: number }>`select seq from timeline.entry
      where lane_id = ${laneId} and seq > ${seq} and direction = 'in' limit 1`,
  )
  return written !== undefined
}

function noteGreeting(context: OutboundContext, laneId: string, text: string): Promise<void> {
  const words = (locale: 'ru' | 'en') => textOf(locale, 'greeted', { text })
  return inTransaction(context.db, (tx) =>
    appendNote(tx, context, laneId, { ru: words('ru'), en: words('en') }),
  )
}
