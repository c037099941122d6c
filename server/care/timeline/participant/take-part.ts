import type { Button, EntryBody } from '../../../../contracts/entries.ts'
import { announce } from '../../../platform/bus/index.ts'
import { type Executor, rows, sql } from '../../../platform/database/index.ts'
import type { Staff } from '../../../platform/http/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type ContactPointDescription, describeContactPoints } from '../../subscribers/index.ts'
import type { Door } from '../accounts/doors.ts'
import { changeConversation, enterSceneKnowing, leaveMark, tellAssigned } from '../conversations/acting.ts'
import type { ConversationRow } from '../conversations/conversation.ts'
import { rankOf } from '../filing/rules.ts'
import { appendEntry } from '../lanes/append-entry.ts'
import type { NoteWords } from '../lanes/append-note.ts'
import { askForIndexing } from '../lanes/ask-for-indexing.ts'
import { findLane, type Lane } from '../lanes/lanes.ts'
import type { OutboundContext } from '../outbound/context.ts'
import { holdMessage } from '../outbound/hold-message.ts'
import { releaseMessage } from '../outbound/release-messages.ts'
import { sendAtOnce } from '../outbound/send-at-once.ts'

/** A lane as a participant of the house finds it: everything on it is filed, it and its conversation are locked. */
export interface Place {
  readonly laneId: string
  readonly lane: Lane
  readonly conversation: ConversationRow
  readonly door: Door
  /** Who is at the other end. */
  readonly point: ContactPointDescription
}

/** Takes part on a lane. Undefined: nothing goes on there, or its door is gone. */
export async function takePart(
  tx: Executor,
  context: OutboundContext,
  laneId: string,
): Promise<Place | undefined> {
  const taken = await takePartKnowing(tx, context, laneId, async () => undefined)
  return taken?.place
}

/** A place with what else is known there; without one where the door is gone, or the lane does not go on where it was expected to. */
export interface Part<T> {
  readonly place: Place | undefined
  readonly known: T
}

/**
 * The same with what else is to be known there; without a place too, unless nothing goes on.
 * @param ask sends its statements in the trip that takes the locks, behind them, without waiting for any answer in between
 * @param expected the conversation that the lane went on in when the caller last looked, so that nobody looks again; it may go on elsewhere by now
 */
export async function takePartKnowing<T>(
  tx: Executor,
  context: OutboundContext,
  laneId: string,
  ask: (flight: Executor, conversationId: string) => Promise<T>,
  expected: string | null = null,
): Promise<Part<T> | undefined> {
  const conversationId = expected ?? (await findLane(tx, laneId))?.conversationId
  return conversationId ? takePartIn(tx, context, laneId, conversationId, ask) : undefined
}

async function takePartIn<T>(
  tx: Executor,
  context: OutboundContext,
  laneId: string,
  conversationId: string,
  ask: (flight: Executor, conversationId: string) => Promise<T>,
): Promise<Part<T>> {
  const now = context.clock.now()
  const { scene, known } = await enterSceneKnowing(tx, context, conversationId, [laneId], (flight) =>
    Promise.all([describeContactPoints(flight, [laneId], now), ask(flight, conversationId)]),
  )
  const [points, asked] = known
  const point = points.get(laneId)
  // What was filed meanwhile may have gone to another matter: the next look finds it there.
  const lane = scene.lanes.find(({ id }) => id === laneId)
  const door = lane?.channelAccountId ? await context.doors.find(lane.channelAccountId) : undefined
  const place = lane && door && point && { laneId, lane, conversation: scene.conversation, door, point }
  return { place, known: asked }
}

/** What somebody said. */
export interface Word {
  readonly seq: number
  readonly receivedAt: Date
  readonly body: Extract<EntryBody, { type: 'message' }> | null
}

const MOST_WORDS = 20

/** What the person said on a lane between two places, oldest first; null = erased. At most 20. */
export async function readWords(
  db: Executor,
  laneId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Word[]> {
  const read = await rows(
    db,
    sql<{ seq: number; receivedAt: Date; body: EntryBody | null }>`
      select e.seq, e.received_at as "receivedAt", b.body from timeline.entry e
      left join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
      where e.lane_id = ${laneId} and e.seq between ${from} and ${to} and e.kind = 'message' and e.direction = 'in'
      order by e.seq limit ${MOST_WORDS}`,
  )
  return read.map((one) => ({ ...one, body: one.body?.type === 'message' ? one.body : null }))
}

export interface Speech {
  /** Made by the speaker: no two are said under one. */
  readonly id: string
  readonly text: string
  readonly buttons: readonly Button[]
}

/**
 * Says something as the assistant: it leaves at once. Refuses what the door cannot carry, like any reply. The speaker keeps in the same
 * transaction that it is said: a repeat may be refused with `conflict`.
 */
export async function speak(
  tx: Executor,
  context: OutboundContext,
  place: Place,
  { id, text, buttons }: Speech,
): Promise<void> {
  const { laneId, conversation } = place
  const author = { kind: 'assistant', id: null } as const
  const message = { id, conversationId: conversation.id, laneId, author, text, buttons }
  if (conversation.laneId === laneId) return sendAtOnce(tx, context, place, message)
  // The matter went on through another door of theirs: whether this one still is theirs must be asked.
  await holdMessage(tx, context, { ...message, attachmentIds: [], undoMs: 0 })
  await releaseMessage(tx, context, id)
}

/** Writes something for the staff alone. */
export async function writeNote(
  tx: Executor,
  context: OutboundContext,
  { laneId }: Place,
  words: NoteWords,
): Promise<void> {
  const { seq } = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'internal',
    author: { kind: 'assistant', id: null },
    body: { type: 'note', text: words.ru, words },
  })
  announce(tx, context.bus, { type: 'entries', lanes: [{ laneId, seq }] })
}

export interface Leaving {
  readonly note: NoteWords
  readonly facts: Readonly<Record<string, unknown>>
  /** A call is promised: it is put aside until then, as if by an agent; absent, or in the past: it waits now. */
  readonly callBack?: { readonly at: Date; readonly timeZone: string; readonly msisdn: string | null }
}

/** People go on: they find a note, and the person waits for them from now on. */
export async function leaveToPeople(
  tx: Executor,
  context: OutboundContext,
  place: Place,
  { note, facts, callBack }: Leaving,
): Promise<void> {
  const { conversation } = place
  await writeNote(tx, context, place, note)
  await leaveMark(tx, context, conversation, null, 'handed-to-people', facts)
  const promised = callBack
    ? sql`, call_back_at = ${callBack.at}, call_back_zone = ${callBack.timeZone}, call_back_msisdn = ${callBack.msisdn}`
    : sql``
  await waitForPeople(tx, context, conversation, callBack?.at ?? null, promised)
}

/** Somebody was answered meanwhile, and people call them all the same: it is put aside until then again. */
export async function keepCallBack(
  tx: Executor,
  context: OutboundContext,
  { conversation }: Place,
): Promise<void> {
  await waitForPeople(tx, context, conversation, conversation.callBackAt)
}

async function waitForPeople(
  tx: Executor,
  context: OutboundContext,
  { id, waitingSince }: ConversationRow,
  callBackAt: Date | null,
  promised = sql``,
): Promise<void> {
  const now = context.clock.now()
  const since = waitingSince ?? now
  const aside = callBackAt && callBackAt > now ? callBackAt : null
  await changeConversation(
    tx,
    context,
    id,
    sql`waiting_since = ${since}, rank = ${rankOf(since, now)}, state = ${aside ? 'snoozed' : 'open'}, snoozed_until = ${aside}${promised}`,
  )
}

/** Nobody of the staff has it any more: a participant of the house goes on. Refuses with `conversation_resolved`, `already_claimed`. */
export async function takeBack(
  tx: Executor,
  context: OutboundContext,
  { conversation }: Place,
  by: Staff,
): Promise<void> {
  const { state, assigneeId, id } = conversation
  if (state === 'resolved') throw new Refusal('conversation_resolved')
  if (assigneeId !== null && assigneeId !== by.id && !by.roles.includes('supervisor'))
    throw new Refusal('already_claimed', { assignee: { id: assigneeId } })
  await changeConversation(
    tx,
    context,
    id,
    sql`assignee_id = null, waiting_since = null, rank = ${rankOf(null, context.clock.now())}`,
  )
  await leaveMark(tx, context, conversation, by, 'handed-back', {})
  if (assigneeId !== null) await tellAssigned(tx, context, conversation, null)
}

/**
 * Takes a secret that somebody told out of everything that keeps their words: entry, payload, search. Their message stays, without what
 * it said.
 */
export async function concealWord(
  tx: Executor,
  context: OutboundContext,
  laneId: string,
  { seq, receivedAt, body }: Word,
): Promise<void> {
  const concealed: EntryBody = { ...(body ?? { type: 'message' }), text: CONCEALED }
  await rows(
    tx,
    sql`with payload as (
        update timeline.raw_event set payload = null, headers = null
        where received_at = ${receivedAt} and lane_id = ${laneId}
      ), found as (delete from search.document where lane_id = ${laneId} and seq = ${seq})
      update timeline.entry_body set body = ${JSON.stringify(concealed)} where lane_id = ${laneId} and seq = ${seq}`,
  )
  await askForIndexing(tx, [{ laneId, seq }], context.clock.now())
  announce(tx, context.bus, { type: 'entries', lanes: [{ laneId, seq }] })
}

/** Stands for what was said in secret. */
const CONCEALED = '••••••'
