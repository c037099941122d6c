import type { Button } from '../../../../contracts/entries.ts'
import { announce } from '../../../platform/bus/index.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { describeContactPoints, readPerson } from '../../subscribers/index.ts'
import { FREE } from '../attachments/uploads.ts'
import { enterScene } from '../conversations/acting.ts'
import { storableJson } from '../inbound/storable.ts'
import { findLane } from '../lanes/lanes.ts'
import { checkReply } from './check-reply.ts'
import type { OutboundContext } from './context.ts'
import { findOutbound, OUTBOUND, type Outbound } from './outbound.ts'

export interface NewMessage {
  /** Made by the sender: a repeat is the same message. */
  readonly id: string
  readonly conversationId: string
  readonly laneId: string
  readonly author: { readonly kind: 'agent' | 'assistant' | 'system'; readonly id: string | null }
  /** The other system that wrote it, for the staff. */
  readonly by?: string
  readonly text: string
  readonly attachmentIds: readonly string[]
  /** Where the door has such; at most as many as it carries. */
  readonly buttons?: readonly Button[]
  /** For how long it can be taken back, in milliseconds. */
  readonly undoMs: number
}

/**
 * Accepts a message for sending. It takes its place in the lane only when it is released, after the undo time, so that
 * a message taken back leaves no gap and nobody reads past it.
 * Refuses what the channel cannot carry (`checkReply`), a resolved conversation (`conversation_resolved`), a lane that
 * is not this person's (`not_found`), an id that stands for another message (`conflict`).
 */
export async function holdMessage(
  tx: Executor,
  context: OutboundContext,
  message: NewMessage,
): Promise<Outbound> {
  await requireOpen(tx, context, message)
  // Behind the lock: of two clicks at once the second finds what the first has made.
  const earlier = await findOutbound(tx, message.id)
  if (earlier) return sameOrConflict(earlier, message)
  await requireOwnLane(tx, message)
  const attachments = await claimUploads(tx, message)
  await requirePossible(tx, context, message, attachments)
  const now = context.clock.now()
  const { text, attachmentIds, by, buttons = [] } = message
  const body = {
    type: 'message',
    text,
    attachmentIds,
    ...(by !== undefined && { by }),
    ...(buttons.length > 0 && { buttons }),
  }
  const held = await maybeOne(
    tx,
    sql<Outbound>`insert into timeline.outbound
        (id, conversation_id, lane_id, author_kind, author_id, state, body, release_at, created_at, changed_at)
      values (${message.id}, ${message.conversationId}, ${message.laneId}, ${message.author.kind}, ${message.author.id}, 'held',
        ${storableJson(body)}, ${new Date(now.getTime() + message.undoMs)}, ${now}, ${now})
      on conflict (id) do nothing returning ${OUTBOUND}`,
  )
  announce(tx, context.bus, { type: 'held', conversationId: message.conversationId })
  return held ?? sameOrConflict(found(await findOutbound(tx, message.id), 'message'), message)
}

/** A repeat is the message that it repeats. Refuses with `conflict` where the id stands for another. */
export function sameOrConflict(
  earlier: Outbound,
  message: Pick<NewMessage, 'conversationId' | 'laneId' | 'author'>,
): Outbound {
  const same =
    earlier.conversationId === message.conversationId &&
    earlier.laneId === message.laneId &&
    earlier.authorId === message.author.id
  if (!same) throw new Refusal('conflict', { what: 'message id' })
  return earlier
}

/** Lanes first, then the conversation: the same order as the release that may follow takes its locks in. */
async function requireOpen(tx: Executor, context: OutboundContext, message: NewMessage): Promise<void> {
  const { conversation } = await enterScene(tx, context, message.conversationId, [message.laneId])
  if (conversation.state === 'resolved') throw new Refusal('conversation_resolved')
}

/** Replies go only to doors of the person whose conversation it is, as they are linked now. */
async function requireOwnLane(tx: Executor, message: NewMessage): Promise<void> {
  const { contactPointId } = found(
    await maybeOne(
      tx,
      sql<{
        contactPointId: string
      }>`select lane_id as "contactPointId" from timeline.conversation where id = ${message.conversationId}`,
    ),
    'conversation',
  )
  const { lanes } = await readPerson(tx, contactPointId)
  const own = lanes.some((lane) => lane.laneId === message.laneId && lane.to === null)
  if (!own) throw new Refusal('not_found', { what: 'lane' })
}

async function requirePossible(
  tx: Executor,
  context: OutboundContext,
  message: NewMessage,
  attachments: readonly { readonly bytes: number }[],
): Promise<void> {
  const lane = found(await findLane(tx, message.laneId), 'lane')
  const door = found(await context.doors.find(lane.channelAccountId ?? ''), 'channel account')
  const now = context.clock.now()
  const contactPoint = (await describeContactPoints(tx, [message.laneId], now)).get(message.laneId)
  checkReply(
    {
      state: door.account.state,
      policy: door.account.policy,
      capabilities: door.adapter.capabilities,
      unreachableSince: contactPoint?.unreachableSince ?? null,
      lastInboundAt: lane.lastInboundAt,
    },
    { text: message.text, attachments },
    now,
  )
}

/** The uploads must be the author's own and go with no other message. They are this one's unless it is taken back. */
async function claimUploads(tx: Executor, message: NewMessage): Promise<{ bytes: number }[]> {
  if (message.attachmentIds.length === 0) return []
  const uploader = `${message.author.kind}:${message.author.id}`
  const uploads = await rows(
    tx,
    sql<{ bytes: number }>`update timeline.attachment a set outbound_id = ${message.id}
      where a.id = any(${[...message.attachmentIds]}::uuid[]) and a.uploader = ${uploader} and ${FREE} and a.state = 'ready' returning a.bytes`,
  )
  if (uploads.length !== message.attachmentIds.length) throw new Refusal('not_found', { what: 'attachment' })
  return uploads
}
