import type { EntryBody } from '../../../../contracts/entries.ts'
import { announce } from '../../../platform/bus/index.ts'
import { afterCommit, type Executor, maybeOne, sql, together } from '../../../platform/database/index.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { ContactPointDescription } from '../../subscribers/index.ts'
import type { Door } from '../accounts/doors.ts'
import type { ConversationRow } from '../conversations/conversation.ts'
import { openStretch } from '../filing/stretches.ts'
import { type Appended, appendEntry } from '../lanes/append-entry.ts'
import type { Lane } from '../lanes/lanes.ts'
import type { LaneNews } from '../live/notices.ts'
import type { EntryRow } from '../reading/present-entries.ts'
import { checkReply } from './check-reply.ts'
import type { OutboundContext } from './context.ts'
import type { NewMessage } from './hold-message.ts'
import { OUTBOUND, type Outbound, presentDelivery } from './outbound.ts'
import { GIVE_UP_MS, stopWaiting } from './release-messages.ts'
import { tellOutcome } from './tell-outcome.ts'

/** Where something is said: everything on the lane is filed, lane and conversation are locked by the caller. */
export interface Stage {
  readonly lane: Lane
  readonly conversation: ConversationRow
  readonly door: Door
  readonly point: Pick<ContactPointDescription, 'unreachableSince'>
}

/** Words alone: files want to be claimed first. It answers whoever waits, which a fixed text of the house does not. */
export interface AtOnce extends Omit<NewMessage, 'attachmentIds' | 'undoMs' | 'author'> {
  readonly author: { readonly kind: 'agent' | 'assistant'; readonly id: string | null }
}

/**
 * Lets a message go that nobody may take back: what holding and releasing it come to, in a third of the statements, on the lane through
 * which its conversation goes on. Whether it was said before is not asked: whoever says it keeps in the same transaction that it is said.
 * Refuses like `holdMessage`, a repeat with `conflict`.
 */
export async function sendAtOnce(
  tx: Executor,
  context: OutboundContext,
  stage: Stage,
  message: AtOnce,
): Promise<void> {
  const { lane, conversation, door } = stage
  if (conversation.state === 'resolved') throw new Refusal('conversation_resolved')
  requirePossible(context, stage, message.text)
  const { text, author, buttons = [] } = message
  const body: EntryBody = {
    type: 'message',
    text,
    attachmentIds: [],
    ...(buttons.length > 0 && { buttons: [...buttons] }),
  }
  const [entry, leaving] = await together(tx, (flight) => [
    appendEntry(flight, context.clock, { laneId: lane.id, direction: 'out', author, body }),
    keepLeaving(flight, context, door, message),
    stopWaiting(flight, conversation.id, context.clock.now()),
  ])
  // What was written beside it goes with the transaction.
  if (!leaving) throw new Refusal('conflict', { what: 'message id' })
  await openStretch(tx, context, lane, {
    conversationId: conversation.id,
    fromSeq: entry.seq,
    at: entry.storedAt,
    by: 'agent',
  })
  announce(tx, context.bus, { type: 'entries', lanes: [newsOf(lane, body, entry, leaving)] })
  announce(tx, context.bus, { type: 'inbox' })
  await depart(tx, context, door, leaving)
}

function requirePossible({ clock }: OutboundContext, { lane, door, point }: Stage, text: string): void {
  const { state, policy } = door.account
  checkReply(
    {
      state,
      policy,
      capabilities: door.adapter.capabilities,
      unreachableSince: point.unreachableSince,
      lastInboundAt: lane.lastInboundAt,
    },
    { text, attachments: [] },
    clock.now(),
  )
}

/**
 * The row on the way out of the lane's newest entry: there already where the person's side reads the lane itself, else to be sent now. It
 * travels with what appends the entry, and so finds its number by itself.
 */
function keepLeaving(
  tx: Executor,
  context: OutboundContext,
  { account, adapter }: Door,
  { id, conversationId, laneId, author }: AtOnce,
): Promise<Outbound | undefined> {
  const now = context.clock.now()
  const readBySelf = adapter.delivery === 'pull'
  const state = readBySelf ? 'sent' : 'queued'
  const [nextAttemptAt, giveUpAt] = readBySelf ? [null, null] : [now, new Date(now.getTime() + GIVE_UP_MS)]
  return maybeOne(
    tx,
    sql<Outbound>`
      with leaving as (
        insert into timeline.outbound (id, conversation_id, lane_id, channel_account_id, author_kind, author_id, state, seq,
          release_at, next_attempt_at, give_up_at, created_at, changed_at)
        values (${id}, ${conversationId}, ${laneId}, ${account.id}, ${author.kind}, ${author.id}, ${state},
          (select last_seq from timeline.lane where id = ${laneId}), ${now}, ${nextAttemptAt}, ${giveUpAt}, ${now}, ${now})
        on conflict (id) do nothing returning *
      ), passed as (
        insert into timeline.outbound_event (outbound_id, at, state) select id, changed_at, state from leaving
      )
      select ${OUTBOUND} from leaving`,
  )
}

/** What follows: whoever reads by themselves has it, the others are sent to. */
async function depart(
  tx: Executor,
  context: OutboundContext,
  { account, adapter }: Door,
  { id, laneId }: Outbound,
): Promise<void> {
  if (adapter.delivery !== 'pull') return afterCommit(tx, context.wakeSending)
  await tellOutcome(tx, context, { id, state: 'held' })
  await context.followUp.leftToRead(tx, laneId, account.kind)
}

/** The entry as readers will find it, made from what is at hand. */
function newsOf(
  { id: laneId, channel }: Lane,
  body: EntryBody,
  { seq, storedAt }: Appended,
  leaving: Outbound,
): LaneNews {
  const entry: EntryRow = {
    laneId,
    seq,
    kind: 'message',
    direction: 'out',
    authorKind: leaving.authorKind,
    authorId: leaving.authorId,
    supersedes: null,
    providerAt: null,
    receivedAt: leaving.changedAt,
    storedAt,
    late: false,
    body,
    channel,
    externalId: null,
  }
  const { conversationId } = leaving
  return { laneId, seq, entry, shown: { conversationId, delivery: presentDelivery(leaving) } }
}
