import type { EntryBody } from '../../../../contracts/entries.ts'
import { maybeOne, one, rows, sql } from '../../../platform/database/index.ts'
import { found } from '../../../platform/refusal.ts'
import { describeContactPoints } from '../../subscribers/index.ts'
import { readFiles } from '../attachments/read-files.ts'
import type { ChannelAdapter, OutgoingMessage, SendResult } from '../channel-adapter.ts'
import { findLane } from '../lanes/lanes.ts'
import { forbiddenIn } from './check-reply.ts'
import type { OutboundContext } from './context.ts'
import type { Outbound } from './outbound.ts'

export interface Prepared {
  readonly adapter: ChannelAdapter
  send(): Promise<SendResult>
}

/**
 * Puts a queued message together for its channel. The rules of the door hold at the moment of acting: one that was
 * paused or restricted meanwhile keeps the message back.
 */
export async function prepareMessage(
  context: OutboundContext,
  message: Outbound,
): Promise<Prepared | SendResult> {
  const { db } = context
  const lane = found(await findLane(db, message.laneId), 'lane')
  const { account, adapter } = found(await context.doors.find(lane.channelAccountId ?? ''), 'channel account')
  if (account.state === 'paused') return { outcome: 'retry', afterMs: 30_000, reason: 'channel_paused' }
  const bySystem = message.authorKind === 'system'
  if (account.policy === 'invite-only' && !bySystem) return { outcome: 'failed', reason: 'channel_policy' }
  const body = await readBody(context, message)
  if (!body) return { outcome: 'failed', reason: 'erased' }
  const files = await readFiles(context, message.laneId, message.seq ?? 0)
  if (!bySystem && forbiddenIn(account.policy, { text: body.text, attachments: files }).length > 0)
    return { outcome: 'failed', reason: 'personal_data' }
  const contactPoint = (await describeContactPoints(db, [message.laneId], context.clock.now())).get(
    message.laneId,
  )
  if (!contactPoint || contactPoint.erased) return { outcome: 'failed', reason: 'erased' }
  // Mail alone stands in threads.
  const thread = account.kind === 'email' ? await readThread(context, message) : NO_THREAD
  const outgoing: OutgoingMessage = {
    id: message.id,
    laneId: message.laneId,
    seq: message.seq ?? 0,
    address: contactPoint.address,
    text: body.text,
    buttons: body.buttons ?? [],
    files,
    ...thread,
    automatic: message.authorKind !== 'agent',
  }
  return { adapter, send: () => sendNow(adapter, account, outgoing) }
}

async function sendNow(
  adapter: ChannelAdapter,
  account: Parameters<NonNullable<ChannelAdapter['send']>>[0],
  outgoing: OutgoingMessage,
) {
  if (!adapter.send) throw new Error(`${adapter.kind} cannot send`)
  return adapter.send(account, outgoing)
}

async function readBody(context: OutboundContext, message: Outbound) {
  const row = await maybeOne(
    context.db,
    sql<{
      body: EntryBody
    }>`select body from timeline.entry_body where lane_id = ${message.laneId} and seq = ${message.seq}`,
  )
  return row?.body.type === 'message' ? row.body : undefined
}

const NO_THREAD = { inReplyTo: null, references: [], subject: null }

/** What a mail needs to stand in its thread: what it answers, the last references, the subject. */
async function readThread(context: OutboundContext, message: Outbound) {
  const earlier = await rows(
    context.db,
    sql<{ externalId: string; direction: string }>`
      select b.external_id as "externalId", e.direction from timeline.entry_body b
      join timeline.entry e on e.lane_id = b.lane_id and e.seq = b.seq
      where b.lane_id = ${message.laneId} and b.seq < ${message.seq} and b.external_id is not null order by b.seq desc limit 20`,
  )
  const { subject } = await one(
    context.db,
    sql<{ subject: string | null }>`select (select body->'mail'->>'subject' from timeline.entry_body
      where lane_id = ${message.laneId} and seq < ${message.seq} and body ? 'mail' order by seq desc limit 1) as subject`,
  )
  const references = earlier.map((row) => row.externalId).reverse()
  return { inReplyTo: earlier.find((row) => row.direction === 'in')?.externalId ?? null, references, subject }
}
