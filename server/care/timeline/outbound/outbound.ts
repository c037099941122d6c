import type { Delivery, DeliveryState } from '../../../../contracts/entries.ts'
import { type Executor, maybeOne, rows, sql } from '../../../platform/database/index.ts'
import type { MessageBody } from '../channel-adapter.ts'

/** A message on its way out, as the table has it. */
export interface Outbound {
  readonly id: string
  readonly conversationId: string
  readonly laneId: string
  /** Its door, once it is queued. */
  readonly channelAccountId: string | null
  readonly authorKind: 'agent' | 'assistant' | 'system'
  readonly authorId: string | null
  readonly state: DeliveryState
  readonly body: MessageBody | null
  readonly seq: number | null
  readonly releaseAt: Date
  readonly attempts: number
  readonly nextAttemptAt: Date | null
  readonly giveUpAt: Date | null
  readonly lease: string | null
  readonly externalId: string | null
  readonly reason: string | null
  readonly retryable: boolean
  readonly afterUnconfirmed: boolean
  readonly changedAt: Date
}

export const OUTBOUND = sql`
  id, conversation_id as "conversationId", lane_id as "laneId", channel_account_id as "channelAccountId",
  author_kind as "authorKind", author_id as "authorId", state, body,
  seq, release_at as "releaseAt", attempts, next_attempt_at as "nextAttemptAt", give_up_at as "giveUpAt", lease,
  external_id as "externalId", reason, retryable, after_unconfirmed as "afterUnconfirmed", changed_at as "changedAt"`

export function findOutbound(db: Executor, id: string): Promise<Outbound | undefined> {
  return maybeOne(db, sql<Outbound>`select ${OUTBOUND} from timeline.outbound where id = ${id}`)
}

/** Locks the message's row for the rest of the transaction. The caller holds the locks that come before it: lane, conversation. */
export function lockOutbound(tx: Executor, id: string): Promise<Outbound | undefined> {
  return maybeOne(tx, sql<Outbound>`select ${OUTBOUND} from timeline.outbound where id = ${id} for update`)
}

/**
 * Locks a message behind its conversation, in the order in which everybody takes them. A message that is moved to another
 * matter meanwhile is followed there: whoever moves it holds the lock of the matter that it leaves.
 */
export async function lockWithConversation(tx: Executor, id: string): Promise<Outbound | undefined> {
  let locked: string | undefined
  for (;;) {
    const conversationId = (await findOutbound(tx, id))?.conversationId
    if (conversationId === undefined || conversationId === locked) return lockOutbound(tx, id)
    await rows(tx, sql`select from timeline.conversation where id = ${conversationId} for no key update`)
    locked = conversationId
  }
}

/**
 * Moves a message on and remembers that it passed here. Fields not named keep their value.
 * The caller holds the row's lock and has checked that the step is allowed (`canMove`).
 */
export async function moveOutbound(
  tx: Executor,
  id: string,
  at: Date,
  step: {
    readonly state: DeliveryState
    readonly reason?: string | null
    readonly retryable?: boolean
    readonly nextAttemptAt?: Date | null
    readonly giveUpAt?: Date
    readonly externalId?: string | null
  },
): Promise<void> {
  await rows(
    tx,
    sql`
      with moved as (
        update timeline.outbound set state = ${step.state}, changed_at = ${at}, lease = null, lease_until = null,
          reason = ${step.reason ?? null}, retryable = ${step.retryable ?? false},
          next_attempt_at = ${step.nextAttemptAt ?? null}, give_up_at = coalesce(${step.giveUpAt ?? null}, give_up_at),
          external_id = coalesce(${step.externalId ?? null}, external_id)
        where id = ${id}
      )
      insert into timeline.outbound_event (outbound_id, at, state, detail) values (${id}, ${at}, ${step.state}, ${step.reason ?? null})`,
  )
}

const ORDER: readonly DeliveryState[] = [
  'held',
  'queued',
  'sending',
  'unknown',
  'failed',
  'sent',
  'delivered',
  'read',
]

/** May a channel's word move a message from one state to another? Statuses never go backwards (invariant 5). */
export function canMove(from: DeliveryState, to: DeliveryState): boolean {
  if (from === 'cancelled' || from === 'held') return false
  // A failure that comes after the channel's own "sent" is news (a bounce); after "delivered" it is noise.
  if (to === 'failed') return from !== 'delivered' && from !== 'read' && from !== 'failed'
  return ORDER.indexOf(to) > ORDER.indexOf(from)
}

export function presentDelivery(row: Outbound): Delivery {
  return {
    messageId: row.id,
    state: row.state,
    reason: row.reason,
    retryable: row.retryable,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    afterUnconfirmed: row.afterUnconfirmed,
    changedAt: row.changedAt.toISOString(),
  }
}

/** How many messages stand in each state that is not an end, each counted up to 1000. */
export function countOutbound(db: Executor): Promise<{ state: string; count: number }[]> {
  const states: readonly DeliveryState[] = ['held', 'queued', 'sending', 'unknown', 'failed']
  return rows(
    db,
    sql<{ state: string; count: number }>`${sql.join(states.map(countedState), sql` union all `)}`,
  )
}

/** The state is written into the statement: the indexes of these states are partial, and a parameter would not find them. */
const countedState = (state: DeliveryState) => sql`select ${sql.lit(state)} as state, (select count(*)::int
  from (select from timeline.outbound where state = ${sql.lit(state)} limit 1000) bounded) as count`
