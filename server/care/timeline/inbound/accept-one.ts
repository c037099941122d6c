import type { EntryBody } from '../../../../contracts/entries.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import {
  acceptSharedContact,
  markReachable,
  markUnreachable,
  redeemStartToken,
} from '../../subscribers/index.ts'
import { attachFiles } from '../attachments/attach-files.ts'
import { replaceFiles } from '../attachments/replace-files.ts'
import type {
  ChannelAccountRow,
  InboundDeletion,
  InboundEdit,
  InboundMessage,
  InboundReachability,
  InboundReceipt,
} from '../channel-adapter.ts'
import { type Appended, appendEntry } from '../lanes/append-entry.ts'
import { lockLane } from '../lanes/lanes.ts'
import { applyReceipt } from '../outbound/apply-receipt.ts'
import type { InboundContext } from './context.ts'
import { excerptOf } from './quote-replied.ts'

/** Events that take more than a batch can do: files, edits, receipts, comings and goings; and whatever a batch refused. */
export type SingleEvent =
  | InboundMessage
  | InboundEdit
  | InboundDeletion
  | InboundReachability
  | InboundReceipt

export interface Arrived {
  readonly laneId: string
  readonly entry: Appended | null
  /** An earlier entry that is another now, by its number: readers look at it again. */
  readonly changed?: number
}

/** Whoever opens a door again after so long without a word opens it anew. */
const OPENED_AGAIN_MS = 3_600_000
/** Entries that are looked at for it: more than staff and machines write in that time. */
const LOOKED_BACK = 500

/** The original of an edit, a deletion or a receipt is not there (yet): worth another try. */
export class OriginalMissing extends Error {
  override readonly name = 'OriginalMissing'
}

/**
 * Stores one event inside the caller's transaction and asks for filing. The caller has claimed its key.
 * @param laneId the lane of who sent it; ignored for receipts, which have a lane of their own
 * @param late stored out of its time: a replay
 */
export async function acceptOne(
  tx: Executor,
  context: InboundContext,
  account: ChannelAccountRow,
  event: SingleEvent,
  laneId: string,
  receivedAt: Date,
  late: boolean,
): Promise<Arrived> {
  switch (event.kind) {
    case 'message':
      return acceptMessage(tx, context, account, event, laneId, receivedAt, late)
    case 'edit':
      return acceptEdit(tx, context, account, event, laneId, receivedAt, late)
    case 'deletion':
      return (await supersede(tx, context, event, { type: 'deletion' }, laneId, receivedAt, late)).arrived
    case 'reachability':
      return changeReachability(tx, context, event, laneId, receivedAt)
    case 'receipt': {
      const known = await applyReceipt(tx, context, account.id, event)
      if (!known) throw new OriginalMissing('a receipt for a message that we do not know')
      return { laneId, entry: null }
    }
  }
}

async function acceptMessage(
  tx: Executor,
  context: InboundContext,
  account: ChannelAccountRow,
  event: InboundMessage,
  laneId: string,
  receivedAt: Date,
  late: boolean,
): Promise<Arrived> {
  await lockLane(tx, laneId)
  const begun = event.album ? await findByExternalId(tx, laneId, `album:${event.album}`) : undefined
  const part = event.messageId ?? null
  if (begun) {
    await attachFiles(tx, context, { account, laneId, seq: begun.seq, part, files: event.files ?? [] })
    return { laneId, entry: await addCaption(tx, context, event, begun, laneId, receivedAt) }
  }
  const replied = event.replyTo ? await findByExternalId(tx, laneId, event.replyTo) : undefined
  const body = replied
    ? { ...event.body, replyTo: { seq: replied.seq, excerpt: excerptOf(replied.body) } }
    : event.body
  const externalId = event.album ? `album:${event.album}` : event.messageId
  const entry = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'in',
    author: { kind: 'subscriber', id: null },
    body,
    ...(externalId !== undefined && { externalId }),
    providerAt: event.providerAt,
    receivedAt,
    silentSince: new Date(receivedAt.getTime() - context.rules.silenceMs[account.kind]),
    late,
  })
  await attachFiles(tx, context, { account, laneId, seq: entry.seq, part, files: event.files ?? [] })
  await askForFiling(tx, laneId, entry)
  await acceptProofs(tx, context, event, laneId)
  return { laneId, entry }
}

/** The words of an album may come with any of its parts. */
async function addCaption(
  tx: Executor,
  context: InboundContext,
  event: InboundMessage,
  begun: Original,
  laneId: string,
  receivedAt: Date,
): Promise<Appended | null> {
  if (event.body.text === '' || excerptOf(begun.body) !== '') return null
  return appendEntry(tx, context.clock, {
    laneId,
    direction: 'in',
    author: { kind: 'subscriber', id: null },
    body: { type: 'edit', text: event.body.text },
    supersedes: begun.seq,
    providerAt: event.providerAt,
    receivedAt,
  })
}

/** A shared contact or a start token may say who this is. Neither may keep the message from the timeline. */
async function acceptProofs(
  tx: Executor,
  context: InboundContext,
  event: InboundMessage,
  laneId: string,
): Promise<void> {
  if (event.sharedContact) await acceptSharedContact(tx, context.subscribers, laneId, event.sharedContact)
  if (event.startToken) await redeemStartToken(tx, context.subscribers, event.startToken, laneId)
}

/** An edit may change the words, the files, or both. */
async function acceptEdit(
  tx: Executor,
  context: InboundContext,
  account: ChannelAccountRow,
  event: InboundEdit,
  laneId: string,
  receivedAt: Date,
  late: boolean,
): Promise<Arrived> {
  const body: EntryBody = { type: 'edit', text: event.text }
  const { arrived, seq } = await supersede(tx, context, event, body, laneId, receivedAt, late)
  const { files, part = event.messageId } = event
  const isChanged = files && (await replaceFiles(tx, context, { account, laneId, seq, part, files }))
  return isChanged ? { ...arrived, changed: seq } : arrived
}

/** Gives the number of what is superseded, too. */
async function supersede(
  tx: Executor,
  context: InboundContext,
  event: InboundEdit | InboundDeletion,
  body: EntryBody,
  laneId: string,
  receivedAt: Date,
  late: boolean,
): Promise<{ readonly arrived: Arrived; readonly seq: number }> {
  await lockLane(tx, laneId)
  const original = await findByExternalId(tx, laneId, event.messageId)
  if (!original) throw new OriginalMissing(`${event.kind} of a message that has not come yet`)
  const entry = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'in',
    author: { kind: 'subscriber', id: null },
    body,
    supersedes: original.seq,
    providerAt: event.providerAt,
    receivedAt,
    late,
  })
  await askForFiling(tx, laneId, entry)
  return { arrived: { laneId, entry }, seq: original.seq }
}

async function changeReachability(
  tx: Executor,
  context: InboundContext,
  event: InboundReachability,
  laneId: string,
  receivedAt: Date,
): Promise<Arrived> {
  await lockLane(tx, laneId)
  if (event.reachable) await markReachable(tx, laneId)
  // Never later than now by our own clock: what the person writes next is compared with it.
  else await markUnreachable(tx, laneId, earlier(event.providerAt, receivedAt))
  if (event.startToken) await redeemStartToken(tx, context.subscribers, event.startToken, laneId)
  const entry = await appendEntry(tx, context.clock, {
    laneId,
    direction: 'internal',
    author: { kind: 'system', id: null },
    body: { type: 'mark', mark: event.reachable ? 'door-opened' : 'door-left', facts: {} },
    providerAt: event.providerAt,
    receivedAt,
  })
  if (event.reachable && !(await wasHereLately(tx, laneId, entry)))
    await context.followUp.greet(tx, { laneId, seq: entry.seq, id: newId(context.clock), tries: 1 })
  return { laneId, entry }
}

/**
 * Whether the person has been here a short while ago: a button pressed twice, two events that tell the same, or a link that was followed in
 * the middle of a talk.
 */
async function wasHereLately(tx: Executor, laneId: string, { seq, storedAt }: Appended): Promise<boolean> {
  const found = await maybeOne(
    tx,
    sql<{ seq: number }>`select e.seq from timeline.entry e
      join timeline.entry_body b on b.lane_id = e.lane_id and b.seq = e.seq
      where e.lane_id = ${laneId} and e.seq < ${seq} and e.seq >= ${seq - LOOKED_BACK}
        and e.stored_at > ${new Date(storedAt.getTime() - OPENED_AGAIN_MS)}
        and (e.direction = 'in' or b.body ->> 'mark' = 'door-opened')
      order by e.seq desc limit 1`,
  )
  return found !== undefined
}

const earlier = (a: Date | null, b: Date): Date => (a && a < b ? a : b)

interface Original {
  readonly seq: number
  readonly body: EntryBody
}

function findByExternalId(tx: Executor, laneId: string, externalId: string): Promise<Original | undefined> {
  return maybeOne(
    tx,
    sql<Original>`select seq, body from timeline.entry_body
      where lane_id = ${laneId} and external_id = ${externalId} order by seq desc limit 1`,
  )
}

async function askForFiling(tx: Executor, laneId: string, entry: Appended): Promise<void> {
  await rows(
    tx,
    sql`insert into timeline.arrival (lane_ids, seqs, stored_at, not_before)
      values (array[${laneId}]::uuid[], array[${entry.seq}]::bigint[], ${entry.storedAt}, ${entry.storedAt})`,
  )
}
