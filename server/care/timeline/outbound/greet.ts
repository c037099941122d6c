import { textOf } from '../../../../messages/index.ts'
import { inTransaction, maybeOne, sql } from '../../../platform/database/index.ts'
import { retryDelay } from '../../../platform/outgoing/index.ts'
import { type ContactPointDescription, describeContactPoints } from '../../subscribers/index.ts'
import type { Door } from '../accounts/doors.ts'
import type { SendResult } from '../channel-adapter.ts'
import type { Greet } from '../inbound/context.ts'
import { appendNote } from '../lanes/append-note.ts'
import type { OutboundContext } from './context.ts'
import { invitationIn } from './invite-elsewhere.ts'

const RETRY = { baseMs: 2_000, maxMs: 300_000 }
/** Some eight minutes; whoever has written nothing until then expects no greeting any more. */
const MOST_TRIES = 8

/**
 * Greets whoever has opened a door and written nothing yet, with the words of that door; where one may only be invited elsewhere (41-FZ), with
 * the invitation. It belongs to no conversation, since nothing is asked, and so is no row of `outbound`: a note tells the staff what became of
 * it. For a job that is attempted once, since a second attempt would not know whether the first one had sent: what the channel did not take
 * is left to a job of its own.
 */
export async function greet(context: OutboundContext, opened: Greet): Promise<void> {
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
  if (result.outcome === 'retry' && opened.tries < MOST_TRIES)
    return greetLater(context, opened, result.afterMs)
  await noteGreeting(context, laneId, text, result)
}

function greetLater({ db, clock, followUp }: OutboundContext, opened: Greet, afterMs = 0): Promise<void> {
  const waitMs = Math.max(afterMs, retryDelay(opened.tries, RETRY))
  const at = new Date(clock.now().getTime() + waitMs)
  return inTransaction(db, (tx) => followUp.greet(tx, { ...opened, tries: opened.tries + 1 }, at))
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

async function hasWrittenSince({ db }: OutboundContext, { laneId, seq }: Greet): Promise<boolean> {
  const written = await maybeOne(
    db,
    sql<{ seq: number }>`select seq from timeline.entry
      where lane_id = ${laneId} and seq > ${seq} and direction = 'in' limit 1`,
  )
  return written !== undefined
}

function noteGreeting(
  context: OutboundContext,
  laneId: string,
  text: string,
  result: SendResult,
): Promise<void> {
  const said =
    result.outcome === 'sent'
      ? 'greeted'
      : result.outcome === 'unknown'
        ? 'greeted-unknown'
        : 'greeted-failed'
  const reason = result.outcome === 'sent' ? '' : result.reason
  const words = (locale: 'ru' | 'en') => textOf(locale, said, { text, reason })
  return inTransaction(context.db, (tx) =>
    appendNote(tx, context, laneId, { ru: words('ru'), en: words('en') }),
  )
}
