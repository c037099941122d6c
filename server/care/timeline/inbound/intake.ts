import { type Batcher, createBatcher } from '../../../platform/batcher.ts'
import { databaseProblem, followedBy, inTransaction } from '../../../platform/database/index.ts'
import { newId } from '../../../platform/identifiers.ts'
import { sightContactPoints } from '../../subscribers/index.ts'
import type {
  ChannelAccountRow,
  ChannelAdapter,
  InboundEvent,
  InboundMessage,
  MessageBody,
} from '../channel-adapter.ts'
import type { Filing } from '../filing/file-arrivals.ts'
import { knowLanes } from '../lanes/know-lanes.ts'
import type { LaneNews } from '../live/notices.ts'
import type { EntryRow } from '../reading/present-entries.ts'
import { type Accepted, acceptBatch } from './accept-batch.ts'
import { acceptOne, type SingleEvent } from './accept-one.ts'
import { payloadWithoutCards, withoutCards } from './card-numbers.ts'
import type { InboundContext } from './context.ts'
import { keepVouching } from './keep-vouching.ts'
import { laneOf } from './lane-of.ts'
import { quoteReplied } from './quote-replied.ts'
import { claimKey, keepRawEvent, type RawRef } from './raw-events.ts'
import { storableJson } from './storable.ts'
import { createTurns } from './turns.ts'
import { setAside } from './unfiled.ts'

/** One event on its way in, with the payload that brought it. */
interface Incoming<E extends InboundEvent = SingleEvent> {
  readonly account: ChannelAccountRow
  readonly event: E
  readonly raw: RawRef
  /** As it came; empty when the message was made here. */
  readonly payload: Buffer
  /** What of it stands beside the entry: without payment cards. */
  readonly kept: Buffer
}

/** Where an accepted message stands; null for a repeat and for events that leave no entry of their own. */
export interface Receipt {
  readonly laneId: string
  readonly seq: number
  readonly storedAt: Date
}

export interface Inbound {
  /**
   * Takes a verified payload in. Resolves once everything in it is durable: on a timeline, or kept as unfiled with
   * its reason. Rejects only when nothing could be stored (database away, disk full): the sender shall try again.
   */
  receive(account: ChannelAccountRow, adapter: ChannelAdapter, payload: Buffer): Promise<void>
  /** Takes in one message that was made here (web chat). */
  receiveMessage(account: ChannelAccountRow, event: InboundMessage): Promise<Receipt | null>
  /** Messages that are not yet durable. */
  readonly pending: number
}

const NOTHING = Buffer.alloc(0)
/** Most messages that share one commit. */
const MAX_BATCH = 256
/** While one batch is being committed the next one is made ready. */
const BATCHES_ABREAST = 2
/** With fewer of them one after the other is quicker: what a statement costs whatever it carries is shared by more. */
const CROWD = 16

/** A plain message: nothing but words, so that it can share a statement with others. */
function isPlain(incoming: Incoming): incoming is Incoming<InboundMessage> {
  const { event } = incoming
  return (
    event.kind === 'message' &&
    !event.files?.length &&
    !event.album &&
    !event.sharedContact &&
    !event.startToken
  )
}

const senderOf = ({ from }: Pick<InboundMessage, 'from'>): string =>
  `${from.channelAccountId} ${from.externalId}`

/** What is accepted goes on to be filed. */
export type Follower = Pick<Filing, 'wake' | 'behind'>

/** @param follower undefined: it is filed by other nodes, or later */
export function createInbound(context: InboundContext, follower: () => Follower | undefined): Inbound {
  const batcher: Batcher<Incoming<InboundMessage>, Receipt | null> = createBatcher(
    (batch) => acceptTogether(context, batch, follower()),
    {
      maxBatch: MAX_BATCH,
      abreast: BATCHES_ABREAST,
      crowd: CROWD,
      // What one person says stays in order, whichever batch is committed first.
      keyOf: ({ event }) => senderOf(event),
    },
  )

  const turns = createTurns()
  const acceptNow = async (incoming: Incoming): Promise<Receipt | null> => {
    const receipt = await acceptAlone(context, incoming)
    follower()?.wake()
    return receipt
  }
  const accept = (incoming: Incoming): Promise<Receipt | null> => {
    const { event } = incoming
    // What became of a message of ours is nobody's word.
    if (event.kind === 'receipt') return acceptNow(incoming)
    return isPlain(incoming)
      ? turns.take(senderOf(event), 'together', () => batcher.add(incoming))
      : turns.take(senderOf(event), 'alone', () => acceptNow(incoming))
  }

  return {
    receive: async (account, adapter, payload) => {
      const raw = { id: newId(context.clock), receivedAt: context.clock.now() }
      const read = await readEvents(context, account, adapter, payload, raw)
      const events = read.map(withoutCards)
      const hadCards = events.some((event, index) => event !== read[index])
      const kept = payloadWithoutCards(payload, hadCards) ?? NOTHING
      // One after the other: what came in one payload keeps its order.
      for (const event of events) {
        if (event.kind === 'ignored')
          context.log.debug({ account: account.id, why: event.why }, 'update ignored')
        else {
          await accept({ account, event, raw, payload, kept })
          void adapter.afterAccepted?.(account, event).catch((error: unknown) => {
            context.log.warn({ account: account.id, err: error }, 'courtesy after an event failed')
          })
        }
      }
    },
    receiveMessage: (account, event) => {
      const raw = { id: newId(context.clock), receivedAt: context.clock.now() }
      return accept({ account, event: withoutCards(event), raw, payload: NOTHING, kept: NOTHING })
    },
    get pending() {
      return batcher.pending
    },
  }
}

/** A payload that cannot be read is kept, visible and replayable; the sender has done its part. */
async function readEvents(
  context: InboundContext,
  account: ChannelAccountRow,
  adapter: ChannelAdapter,
  payload: Buffer,
  raw: RawRef,
): Promise<InboundEvent[]> {
  try {
    const events = await adapter.parse(account, payload)
    // Two without a name would be taken for one.
    if (events.some((event) => event.kind !== 'ignored' && event.key === ''))
      throw new Error('an event has no name')
    return events
  } catch (error) {
    await inTransaction(context.db, async (tx) => {
      await keepRawEvent(tx, raw, account.id, payloadWithoutCards(payload, false) ?? payload, null)
      await setAside(tx, context, { account, raw, key: null, error })
    })
    return []
  }
}

async function acceptTogether(
  context: InboundContext,
  batch: Incoming<InboundMessage>[],
  follower: Follower | undefined,
): Promise<(Receipt | null)[]> {
  try {
    return await storeBatch(context, batch, follower)
  } catch (error) {
    if (databaseProblem(error)) throw error
    // One poisonous message fails the whole statement: each goes by itself, and the poison is set aside.
    const receipts: (Receipt | null)[] = []
    for (const incoming of batch) receipts.push(await acceptAlone(context, incoming))
    follower?.wake()
    return receipts
  }
}

async function storeBatch(
  context: InboundContext,
  batch: Incoming<InboundMessage>[],
  follower: Follower | undefined,
): Promise<(Receipt | null)[]> {
  const { intake: db, clock, rules } = context
  const laneIds = await sightContactPoints(
    db,
    clock,
    batch.map(({ event }) => event.from),
  )
  await knowLanes(
    db,
    batch.map(({ account }, index) => ({
      id: laneIds[index] ?? '',
      channelAccountId: account.id,
      channel: account.kind,
    })),
  )
  const bodies = await quoteReplied(
    db,
    laneIds,
    batch.map(({ event }) => event),
  )
  const now = clock.now()
  const arriving = batch.map(({ account, event, raw, kept }, index) => ({
    laneId: laneIds[index] ?? '',
    channelAccountId: account.id,
    key: event.key,
    messageId: event.messageId ?? null,
    rawId: raw.id,
    payload: kept,
    body: storableJson(bodies[index] ?? event.body),
    providerAt: event.providerAt,
    silentSince: new Date(now.getTime() - rules.silenceMs[account.kind]),
  }))
  const [only] = arriving.length === 1 ? arriving : []
  const file = only && follower?.behind(only.laneId)
  const accepted = file
    ? await followedBy(db, (connection) => acceptBatch(connection, now, arriving), file)
    : await acceptBatch(db, now, arriving)
  context.bus.publish({
    type: 'entries',
    lanes: accepted.map((one) => newsOf(batch[one.n - 1], bodies[one.n - 1], one, now)),
  })
  await keepVouching(
    context,
    accepted.flatMap(({ n, laneId }) => {
      const { event } = batch[n - 1] ?? {}
      return event ? [{ laneId, event }] : []
    }),
  )
  const receipts: (Receipt | null)[] = batch.map(() => null)
  for (const { n, laneId, seq, storedAt } of accepted) receipts[n - 1] = { laneId, seq, storedAt }
  if (!file) follower?.wake()
  return receipts
}

/** The stored entry as readers will find it, made from what is at hand. */
function newsOf(
  incoming: Incoming<InboundMessage> | undefined,
  body: MessageBody | undefined,
  { laneId, seq, storedAt }: Accepted,
  receivedAt: Date,
): LaneNews {
  if (!incoming || !body) return { laneId, seq }
  const { account, event } = incoming
  const entry: EntryRow = {
    laneId,
    seq,
    kind: 'message',
    direction: 'in',
    authorKind: 'subscriber',
    authorId: null,
    supersedes: null,
    providerAt: event.providerAt,
    receivedAt,
    storedAt,
    late: false,
    body,
    channel: account.kind,
    externalId: event.messageId ?? null,
  }
  return { laneId, seq, entry }
}

/**
 * One event, one transaction. What a provider sent and fails here for any reason but the database's own is set aside with that reason;
 * the provider has done its part.
 */
async function acceptAlone(context: InboundContext, incoming: Incoming): Promise<Receipt | null> {
  try {
    return await storeOne(context, incoming)
  } catch (error) {
    const { account, event, raw, payload, kept } = incoming
    // What was made here is still held by whoever wrote it, who sends it again; set aside it could not be read a second time.
    if (databaseProblem(error) || payload.length === 0) throw error
    await inTransaction(context.db, async (tx) => {
      if (!(await claimKey(tx, account.id, event.key, context.clock.now()))) return
      // What cannot be kept without its card is kept as it came, or it could not be read again; its replay drops it.
      await keepRawEvent(tx, raw, account.id, kept.length > 0 ? kept : payload, null)
      await setAside(tx, context, { account, raw, key: event.key, error })
    })
    return null
  }
}

async function storeOne(
  context: InboundContext,
  { account, event, raw, kept }: Incoming,
): Promise<Receipt | null> {
  const laneId = await laneOf(context, account, event)
  return inTransaction(context.db, async (tx) => {
    if (!(await claimKey(tx, account.id, event.key, context.clock.now()))) return null
    if (kept.length > 0) await keepRawEvent(tx, raw, account.id, kept, laneId || null)
    return acceptOne(tx, context, account, event, laneId, raw.receivedAt, false)
  }).then(async (arrived) => {
    if (!arrived?.entry) return null
    const { entry, changed } = arrived
    const again = changed === undefined ? [] : [{ laneId, seq: changed, changed: true }]
    context.bus.publish({ type: 'entries', lanes: [{ laneId, seq: entry.seq }, ...again] })
    if (event.kind === 'message') await keepVouching(context, [{ laneId, event }])
    return { laneId, seq: entry.seq, storedAt: entry.storedAt }
  })
}
