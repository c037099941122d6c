import { type Executor, maybeOne, sql } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import {
  acceptSharedContact,
  markReachable,
  markUnreachable,
  redeemStartToken,
} from '../../subscribers/index.ts'
import { attachFiles } from '../attachments/attach-files.ts'
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
import { askForFiling } from './ask-for-filing.ts'
import { type Arrived, addCaption, deleteMessage, editMessage } from './change-message.ts'
import type { InboundContext } from './context.ts'
import { findByExternalId, OriginalMissing } from './originals.ts'
import { excerptOf } from './quote-replied.ts'

/** Events that take more than a batch can do: files, edits, receipts, comings and goings; and whatever a batch refused. */
export type SingleEvent =
  | InboundMessage
  | InboundEdit
  | InboundDeletion
  | InboundReachability
  | InboundReceipt

/** Whoever opens a door again after so long without a word opens it anew. */
const OPENED_AGAIN_MS = 3_600_000
/** Entries that are looked at for it: more than staff and machines write in that time. */
const LOOKED_BACK = 500

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
      return editMessage(tx, context, { account, laneId, receivedAt, late }, event)
    case 'deletion':
      return deleteMessage(tx, context, { account, laneId, receivedAt, late }, event)
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
    return {
      laneId,
      entry: await addCaption(tx, context, { account, laneId, receivedAt, late }, event, begun),
    }
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
