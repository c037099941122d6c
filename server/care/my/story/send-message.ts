import { inTransaction } from '../../../platform/database/index.ts'
import type { Subscriber } from '../../../platform/http/index.ts'
import { found, Refusal } from '../../../platform/refusal.ts'
import { describeContactPoints, proveContactPoint } from '../../subscribers/index.ts'
import type { ChannelAccountRow, InboundMessage, Receipt } from '../../timeline/index.ts'
import type { MyRoom } from '../my-room.ts'
import { appLaneOf, sightingOf } from './app-lane.ts'

/** The level of a proof by signing in. */
const SIGNED_IN = 4

export interface MessageRequest {
  /** Made by the app: a repeat after a lost answer stores once. */
  readonly id: string
  readonly text: string
  readonly attachmentIds: readonly string[]
  /** Payload of the button that was pressed to say this. */
  readonly choice?: string | undefined
  readonly writtenAt?: Date | undefined
}

export interface Sent {
  readonly laneId: string
  /** Null: a repeat. */
  readonly seq: number | null
  readonly at: Date
}

/** The person writes to us in the app. Refuses with `rate_limited`, `invalid_request` (nothing to send), `channel_paused`. */
export async function sendMessage(room: MyRoom, actor: Subscriber, message: MessageRequest): Promise<Sent> {
  await room.limit('message', actor.id)
  if (message.text.trim() === '' && message.attachmentIds.length === 0)
    throw new Refusal('invalid_request', { what: 'nothing to send' })
  const laneId = await appLaneOf(room.db, room, actor.id)
  await keepTrust(room, laneId)
  const receipt = await receive(room, actor, {
    key: `${actor.id}:${message.id}`,
    messageId: message.id,
    providerAt: message.writtenAt ?? null,
    body: {
      type: 'message',
      text: message.text,
      ...(message.choice !== undefined && { choice: message.choice }),
    },
    files: message.attachmentIds.map((uploadedId) => ({ uploadedId, name: '' })),
  })
  return { laneId, seq: receipt?.seq ?? null, at: receipt?.storedAt ?? room.clock.now() }
}

/** Takes in what the person sent or asked for in the app; null = a repeat. */
export async function receive(
  room: MyRoom,
  { id }: Subscriber,
  event: Omit<InboundMessage, 'kind' | 'from'>,
): Promise<Receipt | null> {
  const account = await openAccount(room)
  return room.timeline.inbound.receiveMessage(account, {
    ...event,
    kind: 'message',
    from: sightingOf(room, id),
  })
}

async function openAccount({ timeline, accountId }: MyRoom): Promise<ChannelAccountRow> {
  const { account } = found(await timeline.context.doors.find(accountId), 'channel account')
  if (account.state === 'paused') throw new Refusal('channel_paused')
  return account
}

/** Whoever writes is signed in: the agent sees so, also when the proof of the sign-in has run out meanwhile. */
async function keepTrust(room: MyRoom, contactPointId: string): Promise<void> {
  const described = await describeContactPoints(room.db, [contactPointId], room.clock.now())
  if ((described.get(contactPointId)?.trust ?? 0) >= SIGNED_IN) return
  await inTransaction(room.db, (tx) =>
    proveContactPoint(tx, room.subscribers, { contactPointId, kind: 'sign-in' }),
  )
}
